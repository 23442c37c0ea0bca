import { toIso } from '@handover/kernel';
import { evolveCallback, type OpenCallback } from './callback.js';
import { hours, inMinutes, monday } from './testing/builders.js';

const event = (type: string, data: object = {}) => ({
  type,
  data: { callbackId: 'c-1', handoverId: 'h-1', pool: 'billing', occurredAt: toIso(monday), ...data },
});
const scheduled = event('CallbackScheduled', { start: toIso(hours(1)), handleSeconds: 360 });
const assigned = event('AgentAssigned', { agentId: 'ada', assignment: 1, occurredAt: toIso(inMinutes(59)) });

const after = (...events: ReturnType<typeof event>[]): OpenCallback | undefined =>
  events.reduce<OpenCallback | undefined>(evolveCallback, undefined);

describe('a callback, as capacity sees it', () => {
  it('has the time that the slot book keeps for it, and the agent who has it now', () => {
    expect(after(scheduled, assigned)).toEqual({
      callbackId: 'c-1',
      pool: 'billing',
      start: hours(1),
      handleSeconds: 360,
      agentId: 'ada',
      assignedAt: inMinutes(59),
    });
    expect(after(scheduled, assigned, event('AgentReleased', { agentId: 'ada' }))?.agentId).toBeUndefined();
    expect(after(scheduled, event('CallbackRescheduled', { start: toIso(hours(2)) }))?.start).toBe(hours(2));
  });

  it.each(['CallbackCompleted', 'CallbackCancelled'])('is over with %s', (type) => {
    expect(after(scheduled, assigned, event(type))).toBeUndefined();
  });

  it('is not there before it is scheduled, and is the same after anything else', () => {
    expect(after(assigned)).toBeUndefined();
    const open = after(scheduled, assigned);
    expect(evolveCallback(open, event('BriefingPresented', { agentId: 'ada' }))).toBe(open);
    expect(evolveCallback(open, event('SomethingNew'))).toBe(open);
  });
});
