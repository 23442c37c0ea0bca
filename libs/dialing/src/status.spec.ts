import { type CallbackEvent } from '@handover/contracts';
import { minuteMs, secondMs } from '@handover/kernel';
import { agreedAt, briefedAgent, end, givenKnown, happened, start } from './testing/index.js';
import { phaseOf, statusOf } from './status.js';

const ringing = [...briefedAgent, happened.started(start)];
const talking = [...ringing, happened.connected(start)];

describe('the status of a callback', () => {
  it.each<[string, readonly CallbackEvent[]]>([
    ['scheduled', briefedAgent.slice(0, 1)],
    ['briefing', briefedAgent.slice(0, 3)],
    ['ready', briefedAgent],
    ['ringing', ringing],
    ['ready', [...ringing, happened.ended(end)]],
    ['connected', talking],
    ['wrap-up', [...talking, happened.ended(end, { outcome: 'answered' })]],
  ])('names the phase %s', (phase, events) => {
    expect(phaseOf(givenKnown(...events))).toBe(phase);
  });

  it('shows who has it, what happened, and how long it has been open', () => {
    const unanswered = givenKnown(...ringing, happened.ended(start + 30 * secondMs));
    expect(statusOf(unanswered, agreedAt + 16 * minuteMs)).toMatchObject({
      agentId: 'ann',
      acknowledged: true,
      connected: false,
      attempts: 1,
      lastOutcome: 'no-answer',
      ageSeconds: 960,
    });
  });
});
