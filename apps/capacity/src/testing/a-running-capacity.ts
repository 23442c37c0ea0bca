import { type CapacityView, type ShiftPlan, topicDefinitions, currentVersion } from '@handover/contracts';
import { fromIso, VirtualClock } from '@handover/kernel';
import {
  deadLetterTopic,
  groupOf,
  stamp,
  startService,
  toBusMessage,
  type BusConsumer,
  type EventStore,
  type Platform,
  type ReceivedMessage,
  type RunningService,
  type StoredEvent,
} from '@handover/platform';
import { aPlatform, all, until } from '@handover/platform/testing';
import { capacityService } from '../index.js';

/** Monday, 10:00 UTC, 11:00 in Zurich. */
export const monday = fromIso('2026-11-23T10:00:00Z');

const zurich = 'Europe/Zurich';

/** Monday's shift, 09:00–17:00 in Zurich: until 16:00 UTC. */
export const aShift = (plan: Partial<ShiftPlan> = {}): ShiftPlan => ({
  date: '2026-11-23',
  from: '09:00',
  to: '17:00',
  timeZone: zurich,
  ...plan,
});

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** The capacity service in memory, and what it publishes. Stop it at the end. */
export class RunningCapacity {
  private constructor(
    readonly platform: Platform,
    /** What was published so far. */
    readonly published: readonly ReceivedMessage[],
    readonly clock: VirtualClock,
    private service: RunningService,
    private readonly listener: BusConsumer,
  ) {}

  static async start(store?: EventStore): Promise<RunningCapacity> {
    const clock = new VirtualClock(monday);
    const platform = await aPlatform({ clock, topics: topicDefinitions, ...(store && { store }) });
    const published: ReceivedMessage[] = [];
    const listener = platform.bus.subscribe({
      group: 'listener',
      topics: ['handover.slots.commands.v1', 'handover.capacity.state.v1', 'handover.agents.state.v1'],
      handler: async (message) => void published.push(message),
    });
    await listener.ready;
    return new RunningCapacity(platform, published, clock, await started(platform), listener);
  }

  /** The service ends and begins anew, as after a crash: only the log has survived. */
  async restart(meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
    await this.service.stop();
    await meanwhile();
    this.service = await started(this.platform);
  }

  /** Another service's event, in the log. */
  async happens(stream: string, type: string, data: object): Promise<void> {
    const cause = { id: this.platform.ids.next(), correlationId: 'test' };
    await this.platform.store.append(
      stream,
      stamp(stream, [{ type, data }], cause, { clock: this.clock, versionOf: currentVersion }),
      'any',
    );
  }

  /** A message on a topic, as an integrator or another service sends it. */
  async publish(
    topic: string,
    type: string,
    key: string,
    data: object,
    id = this.platform.ids.next(),
  ): Promise<void> {
    await this.platform.bus.publish([
      toBusMessage({ id, type, source: '/test', data, extensions: {} }, { topic, key }),
    ]);
  }

  async call<Body = Record<string, unknown>>(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    url: string,
    payload?: object | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    const answer = await this.service.app.inject({
      method,
      url,
      headers,
      ...(payload !== undefined && { payload }),
    });
    return { status: answer.statusCode, body: (answer.body ? answer.json() : undefined) as Body };
  }

  /** Says something that must be taken. */
  async say(method: 'PUT' | 'POST' | 'DELETE', url: string, payload?: object): Promise<void> {
    const { status, body } = await this.call(method, url, payload);
    if (status >= 300) throw new Error(`${method} ${url}: ${status} ${JSON.stringify(body)}`);
  }

  /** A pool with agents at work until 17:00 in Zurich. */
  async aPool(pool = 'billing', { agents = 6, settings = {}, skills = ['billing'] } = {}): Promise<string[]> {
    await this.say('PUT', `/v1/pools/${pool}`, { timeZone: zurich, ...settings });
    const ids = Array.from({ length: agents }, (_, index) => `${pool}-${index + 1}`);
    for (const agentId of ids) {
      await this.say('PUT', `/v1/agents/${agentId}`, { pool, skills });
      await this.say('PUT', `/v1/agents/${agentId}/shifts/monday`, aShift());
      await this.say('PUT', `/v1/agents/${agentId}/state`, { state: 'available' });
    }
    return ids;
  }

  /** Callbacks that may be in progress at a moment, over all groups. */
  async allowedAt(moment: string, pool = 'billing'): Promise<number> {
    const { body } = await this.call<CapacityView>('GET', `/v1/pools/${pool}/capacity`);
    const at = fromIso(moment);
    return body.openings.find(({ from, to }) => fromIso(from) <= at && at < fromIso(to))?.callbacks ?? 0;
  }

  async showsAt(moment: string, callbacks: number, pool = 'billing'): Promise<void> {
    await until(async () => (await this.allowedAt(moment, pool)) === callbacks);
  }

  /** Why messages of a topic were parked. */
  async deadLetters(topic: string): Promise<string[]> {
    const { bus } = this.platform;
    const parked = deadLetterTopic(topic, groupOf(capacityService.name));
    if (!(await bus.topics()).includes(parked)) return [];
    const reasons: string[] = [];
    for (const { partition } of await bus.offsets(parked))
      for await (const { headers } of bus.browse(parked, { partition }))
        reasons.push(headers['dlq-reason'] ?? '');
    return reasons;
  }

  events(stream: string): Promise<StoredEvent[]> {
    return all(this.platform.store.readStream(stream));
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.listener.stop();
    await this.platform.close();
  }
}

async function started(platform: Platform): Promise<RunningService> {
  const service = await startService(capacityService, platform, { listen: false });
  await until(async () => (await service.readiness()).status === 'up');
  return service;
}
