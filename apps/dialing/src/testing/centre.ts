import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CallbackEvent,
  type CancelCallback,
  type HandoverContext,
  type PoolSettings,
  type RescheduleCallback,
  type ScheduleCallback,
  streams,
  topicDefinitions,
  topics,
} from '@handover/contracts';
import { type Json, VirtualClock, idFrom, minuteMs, secondMs, toIso } from '@handover/kernel';
import { aCommand, aContext, aMove, agreedAt } from '@handover/dialing/testing';
import {
  type EventStore,
  type Platform,
  type RunningService,
  memoryEventStore,
  startService,
} from '@handover/platform';
import { aPlatform, all, until } from '@handover/platform/testing';
import { dialingService } from '../index.js';

export interface CentreOptions {
  readonly clock?: VirtualClock;
  readonly store?: EventStore;
  /** How the service sees the store; default: as it is. */
  readonly seenAs?: (store: EventStore) => EventStore;
  readonly instance?: string;
  readonly telephony?: string;
  /** A port of its own, for event streams. */
  readonly listen?: boolean;
}

/** The dialing service with real parts in memory, time moved by hand, and a log that tests write as the other services would. */
export class Centre {
  private stored = 0;

  private constructor(
    readonly clock: VirtualClock,
    readonly store: EventStore,
    readonly platform: Platform,
    readonly service: RunningService,
  ) {}

  static async open(options: CentreOptions = {}): Promise<Centre> {
    const {
      clock = new VirtualClock(agreedAt),
      instance = 'one',
      telephony = 'simulator:',
      listen = false,
    } = options;
    const store = options.store ?? memoryEventStore(clock);
    const config = { instance, telephony, port: 0 };
    const seen = options.seenAs?.(store) ?? store;
    const platform = await aPlatform({ clock, store: seen, topics: topicDefinitions, config });
    const service = await startService(dialingService, platform, { listen });
    const centre = new Centre(clock, store, platform, service);
    await until(async () => (await service.readiness()).status === 'up');
    return centre;
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.platform.close();
  }

  /** Stores an event of another service. */
  async tell(stream: string, type: string, data: object): Promise<void> {
    const id = idFrom('told', stream, ++this.stored, this.clock.now());
    const metadata = {
      correlationId: 'test',
      causationId: id,
      schemaVersion: 1,
      recordedAt: toIso(this.clock.now()),
    };
    await this.store.append(stream, [{ id, type, data: data as Json, metadata }], 'any');
  }

  handover(given: Partial<HandoverContext> = {}): Promise<void> {
    const context = aContext(given);
    return this.tell(streams.handover(context.handoverId), 'HandoverRequested', context);
  }

  /** A caller who answers as the number's last digits say (docs/dialing.md). */
  caller(digits: string, handoverId = 'h-1'): Promise<void> {
    const personal = { ...aContext().personal, phoneNumber: `+4144555${digits}` };
    return this.handover({ handoverId, personal });
  }

  pool(settings: Partial<PoolSettings>): Promise<void> {
    const configured = {
      pool: 'care',
      timeZone: 'Europe/Zurich',
      ...settings,
      occurredAt: toIso(this.clock.now()),
    };
    return this.tell(streams.pool('care'), 'PoolConfigured', configured);
  }

  /** Agents of pool `care` who work all day and are available, the first one idle longest. */
  async agents(...agentIds: readonly string[]): Promise<void> {
    for (const [index, agentId] of agentIds.entries()) {
      const of = { agentId, pool: 'care', occurredAt: toIso(this.clock.now()) };
      const shift = {
        shiftId: 's',
        date: '2026-11-24',
        from: '06:00',
        to: '23:00',
        timeZone: 'Europe/Zurich',
      };
      await this.tell(streams.agent(agentId), 'AgentRegistered', { ...of, skills: ['billing'] });
      await this.tell(streams.agent(agentId), 'ShiftPlanned', { ...of, ...shift });
      await this.state(agentId, 'available', this.clock.now() + index);
    }
  }

  state(agentId: string, state: string, since = this.clock.now()): Promise<void> {
    const changed = {
      agentId,
      pool: 'care',
      state,
      since: toIso(since),
      occurredAt: toIso(this.clock.now()),
    };
    return this.tell(streams.agent(agentId), 'AgentStateChanged', changed);
  }

  /** Reservation's commands; each resolves when it was handled, or parked as a dead letter. */
  async schedule(given: Partial<ScheduleCallback> = {}): Promise<void> {
    await this.command('callbacks.schedule', aCommand(given));
    await until(async () => (await this.story(given.callbackId)).length > 0);
    await this.settle();
  }

  async reschedule(given: Partial<RescheduleCallback> = {}): Promise<void> {
    const before = (await this.story()).length;
    await this.command('callbacks.reschedule', aMove(given));
    await until(async () => (await this.story()).length > before);
    await this.settle();
  }

  async cancel(given: Partial<CancelCallback> = {}): Promise<void> {
    const before = (await this.story()).length;
    await this.command('callbacks.cancel', { ...aMove(), reason: 'caller', ...given });
    await until(async () => (await this.story()).length > before);
    await this.settle();
  }

  command(type: string, data: object): Promise<void> {
    return this.platform.bus.publish([
      {
        topic: topics.callbackCommands,
        key: 'care',
        value: Buffer.from(JSON.stringify(data)),
        headers: {
          ce_specversion: '1.0',
          ce_id: idFrom(type, ++this.stored),
          ce_type: type,
          ce_source: '/handover/reservation',
          'content-type': 'application/json',
        },
      },
    ]);
  }

  get(url: string, headers: Readonly<Record<string, string>> = {}) {
    return this.service.app.inject({ method: 'GET', url, headers });
  }

  send(url: string, payload: object) {
    return this.service.app.inject({ method: 'POST', url, payload });
  }

  /** As `send`, and lets happen what follows. */
  async post(url: string, payload: object) {
    const answer = await this.send(url, payload);
    await this.settle();
    return answer;
  }

  acknowledge(agentId = 'ann', callbackId = 'c-1') {
    return this.post(`/v1/callbacks/${callbackId}/acknowledgement`, { agentId });
  }

  dispose(agentId = 'ann', more: object = {}, callbackId = 'c-1') {
    const report = { agentId, disposition: 'resolved', reAsked: false, ...more };
    return this.post(`/v1/callbacks/${callbackId}/disposition`, report);
  }

  /** What has happened to a callback. */
  async events(callbackId = 'c-1'): Promise<CallbackEvent[]> {
    return (await all(this.store.readStream(streams.callback(callbackId)))) as unknown as CallbackEvent[];
  }

  /** The same in short: types, with the outcome, reason or disposition that each one names. */
  async story(callbackId = 'c-1'): Promise<string[]> {
    return (await this.events(callbackId)).map(({ type, data }) => {
      const { outcome, reason, disposition, agentId } = { ...data } as Partial<Record<string, string>>;
      const said = outcome ?? reason ?? disposition ?? (type === 'AgentAssigned' ? agentId : undefined);
      return said ? `${type}(${said})` : type;
    });
  }

  /** Lets time pass, second by second, and everything that follows from it happen. */
  async pass(spanMs: number): Promise<void> {
    const end = this.clock.now() + spanMs;
    while (this.clock.now() < end) {
      this.clock.advanceTo(Math.min(end, this.clock.now() + secondMs));
      await this.settle();
    }
  }

  /** Lets time pass until the callback's story contains this. */
  async passUntil(said: string, callbackId = 'c-1', withinMs = 30 * minuteMs): Promise<void> {
    for (
      const end = this.clock.now() + withinMs;
      !(await this.story(callbackId)).includes(said);
      await this.pass(secondMs)
    )
      if (this.clock.now() >= end)
        throw new Error(
          `Not within ${withinMs} ms: ${said}; but ${(await this.story(callbackId)).join(' ')}`,
        );
  }

  /** Resolves when nothing more follows from what has happened: the log has stood still for a while. */
  async settle(): Promise<void> {
    for (let still = 0, head = await this.store.head(); still < 12; still += 1) {
      await nextTurn();
      const now = await this.store.head();
      if (now !== head) [still, head] = [0, now];
    }
  }
}
