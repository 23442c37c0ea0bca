import { minuteMs } from '@handover/kernel';
import { briefedAgent, given, givenKnown, happened, start } from '../testing/index.js';
import { acknowledge, assignAgent, releaseAgent } from './briefed-agent.js';

const scheduled = happened.scheduled();
const at = start - minuteMs;
const assigned = [scheduled, happened.assigned(at), happened.presented(at)];

describe('assigning an agent', () => {
  it("puts the briefing on the agent's desk in the same step", () => {
    expect(assignAgent(given(scheduled), 'ann', at)).toEqual([happened.assigned(at), happened.presented(at)]);
  });

  it('counts the assignments', () => {
    const second = assignAgent(given(...assigned, happened.released(at)), 'ben', at);
    expect(second[0]).toEqual(happened.assigned(at, { agentId: 'ben', assignment: 2 }));
  });

  it('does nothing while an agent has the callback, or a person was reached', () => {
    expect(assignAgent(given(...assigned), 'ben', at)).toEqual([]);
    const reached = [...briefedAgent, happened.started(start), happened.connected(start)];
    expect(assignAgent(given(...reached), 'ben', start)).toEqual([]);
  });
});

describe('releasing an agent', () => {
  it('takes the callback only from the agent who has it', () => {
    expect(releaseAgent(given(...assigned), 'ben', 'unavailable', at)).toEqual([]);
    expect(releaseAgent(given(...assigned), 'ann', 'unavailable', at)).toHaveLength(1);
  });

  it('for want of an acknowledgement does not happen once it has come', () => {
    expect(releaseAgent(given(...briefedAgent), 'ann', 'unacknowledged', start)).toEqual([]);
  });

  it('never leaves a caller who is being dialled without an agent', () => {
    const ringing = [...briefedAgent, happened.started(start)];
    expect(releaseAgent(given(...ringing), 'ann', 'unavailable', start)).toEqual([]);
  });
});

describe('acknowledging', () => {
  it('is recorded once', () => {
    expect(acknowledge(given(...assigned), 'c-1', 'ann', at)).toEqual([happened.acknowledged(at)]);
    expect(acknowledge(given(...assigned, happened.acknowledged(at)), 'c-1', 'ann', at)).toEqual([]);
  });

  it('is for the agent who has the callback', () => {
    expect(acknowledge(given(...assigned), 'c-1', 'ben', at)).toMatchObject({ refused: 'not-your-callback' });
    const released = given(...assigned, happened.released(at));
    expect(acknowledge(released, 'c-1', 'ann', at)).toMatchObject({ refused: 'not-your-callback' });
  });

  it('of a callback that nobody scheduled is refused', () => {
    expect(acknowledge(given(), 'c-1', 'ann', at)).toMatchObject({ refused: 'unknown-callback' });
  });

  it('an earlier acknowledgement does not count for a later assignment', () => {
    const again = givenKnown(
      ...briefedAgent,
      happened.released(at, { reason: 'unavailable' }),
      happened.assigned(at, { assignment: 2 }),
      happened.presented(at),
    );
    expect(again.assigned?.acknowledgedAt).toBeUndefined();
  });
});
