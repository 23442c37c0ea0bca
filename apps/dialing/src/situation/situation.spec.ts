import { type CallbackEvent } from '@handover/contracts';
import { aCommand, agreedAt, happened, start } from '@handover/dialing/testing';
import { type Json, toIso } from '@handover/kernel';
import { type StoredEvent } from '@handover/platform';
import { Situation } from './situation.js';

/** Events as the log would give them, in one order over all streams. */
class Log {
  readonly events: StoredEvent[] = [];
  private readonly revisions = new Map<string, number>();

  tell(stream: string, { type, data }: { readonly type: string; readonly data: object }): StoredEvent {
    const revision = this.revisions.get(stream) ?? 0;
    this.revisions.set(stream, revision + 1);
    const position = String(this.events.length).padStart(4, '0');
    const metadata = { correlationId: 'h', causationId: 'c', schemaVersion: 1, recordedAt: toIso(agreedAt) };
    const event = { id: position, type, data: data as Json, metadata, stream, revision, position };
    this.events.push(event);
    return event;
  }

  callback(id: string, ...events: readonly CallbackEvent[]): void {
    for (const event of events) this.tell(`callback-${id}`, event);
  }

  agent(state: string): void {
    const of = { agentId: 'ann', pool: 'care', occurredAt: toIso(agreedAt) };
    this.tell('agent-ann', { type: 'AgentStateChanged', data: { ...of, state, since: toIso(agreedAt) } });
  }

  situation(): Situation {
    const situation = new Situation();
    for (const event of this.events) situation.apply(event);
    return situation;
  }
}

const scheduled = (callbackId: string): CallbackEvent => ({
  type: 'CallbackScheduled',
  data: aCommand({ callbackId }),
});
const readyFor = (situation: Situation, id: string): boolean => {
  const callback = situation.callback(id);
  return callback !== undefined && situation.isReady(callback);
};

describe('the situation', () => {
  it('of two callbacks that were given one agent, the earlier has the agent, whatever happens later', () => {
    const log = new Log();
    log.agent('available');
    log.callback('c-1', scheduled('c-1'));
    log.callback('c-2', scheduled('c-2'), happened.assigned(start), happened.presented(start));
    log.callback('c-1', happened.assigned(start), happened.presented(start));
    log.callback('c-2', happened.acknowledged(start));
    const situation = log.situation();
    expect(situation.callbackOf('ann')?.terms.callbackId).toBe('c-2');
    expect([readyFor(situation, 'c-1'), readyFor(situation, 'c-2')]).toEqual([false, true]);
  });

  it('has an agent ready only while the agent is available', () => {
    const log = new Log();
    log.agent('available');
    log.callback('c-1', scheduled('c-1'), happened.assigned(start));
    expect(readyFor(log.situation(), 'c-1')).toBe(true);
    log.agent('busy');
    expect(readyFor(log.situation(), 'c-1')).toBe(false);
  });

  it('takes each event once, also one that the view held already', () => {
    const log = new Log();
    log.callback('c-1', scheduled('c-1'), happened.assigned(start), happened.released(start));
    const situation = log.situation();
    for (const event of log.events) expect(situation.apply(event)).toBeUndefined();
    expect(situation.callbackOf('ann')).toBeUndefined();
  });

  it('forgets a callback that is closed, and who had it', () => {
    const log = new Log();
    const { handoverId, pool } = aCommand();
    const cancelled = {
      callbackId: 'c-1',
      handoverId,
      pool,
      reason: 'caller',
      occurredAt: toIso(start),
    } as const;
    log.callback('c-1', scheduled('c-1'), happened.assigned(start), {
      type: 'CallbackCancelled',
      data: cancelled,
    });
    const situation = log.situation();
    expect([...situation.open()]).toEqual([]);
    expect(situation.callbackOf('ann')).toBeUndefined();
  });

  it('knows the hours of the pool for the country of the called person', () => {
    const log = new Log();
    const countryHours = [{ country: 'CH', from: '09:00', to: '18:00' }];
    log.tell('pool-care', { type: 'PoolConfigured', data: { pool: 'care', countryHours } });
    log.callback('c-1', scheduled('c-1'));
    const situation = log.situation();
    const [callback] = situation.open();
    expect(callback && situation.hours(callback)).toEqual({
      zone: 'Europe/Zurich',
      from: '09:00',
      to: '18:00',
    });
  });
});
