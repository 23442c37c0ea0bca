import { fromIso } from '@handover/kernel';
import { type Agent, evolveAgent } from './agents.js';

const plan = { date: '2026-11-24', from: '08:00', to: '16:30', timeZone: 'Europe/Zurich' };
const at = (time: string, day = '2026-11-24') => fromIso(`${day}T${time}:00+01:00`);
const fold = (...events: { type: string; data: unknown }[]) =>
  events.reduce<Agent | undefined>(evolveAgent, undefined);
const shift = (given: object = {}) => ({
  type: 'ShiftPlanned',
  data: {
    ...plan,
    agentId: 'ann',
    pool: 'care',
    shiftId: 's-1',
    occurredAt: '2026-11-20T08:00:00Z',
    ...given,
  },
});

describe('an agent', () => {
  it('is offline until somebody reports a state', () => {
    const agent = fold({
      type: 'AgentRegistered',
      data: { agentId: 'ann', pool: 'care', skills: ['billing'] },
    });
    expect(agent).toMatchObject({ agentId: 'ann', skills: ['billing'], state: 'offline' });
  });

  it('keeps state and shifts through a change of profile', () => {
    const since = '2026-11-24T08:00:00.000Z';
    const agent = fold(
      shift(),
      { type: 'AgentStateChanged', data: { agentId: 'ann', pool: 'care', state: 'available', since } },
      { type: 'AgentRegistered', data: { agentId: 'ann', pool: 'care', skills: ['tv'] } },
    );
    expect(agent).toMatchObject({ state: 'available', since: fromIso(since), skills: ['tv'] });
    expect(Object.keys(agent?.shifts ?? {})).toEqual(['s-1']);
  });

  it('works at the times of the last change of a shift, and not at all when it is removed', () => {
    const changed = fold(shift(), { ...shift({ to: '12:00' }), type: 'ShiftChanged' });
    expect(changed?.shifts).toEqual({ 's-1': [{ from: at('08:00'), until: at('12:00') }] });
    const removed = fold(shift(), { type: 'ShiftRemoved', data: { agentId: 'ann', shiftId: 's-1' } });
    expect(removed?.shifts).toEqual({});
  });

  it('forgets shifts that were over when a later one is planned', () => {
    const later = { shiftId: 's-2', date: '2026-11-26', occurredAt: '2026-11-25T08:00:00Z' };
    expect(Object.keys(fold(shift(), shift(later))?.shifts ?? {})).toEqual(['s-2']);
  });
});
