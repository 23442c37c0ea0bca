import { topicDefinitions } from '@handover/contracts';
import { monday } from '@handover/intake/testing';
import { VirtualClock } from '@handover/kernel';
import {
  type Config,
  type Platform,
  type RunningService,
  type StoredEvent,
  startService,
} from '@handover/platform';
import { aPlatform, all, until } from '@handover/platform/testing';
import { intakeService } from '../index.js';
import { FakeReservation } from './fake-reservation.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // Bodies are looked at field by field, as a bot would.
  readonly body: Record<string, unknown>;
}

/** The intake service in memory, with a fake reservation at the other end of the bus. Stop it at the end. */
export class RunningIntake {
  private constructor(
    readonly platform: Platform,
    readonly clock: VirtualClock,
    readonly service: RunningService,
    readonly reservation: FakeReservation,
  ) {}

  /** With more patience than a caller has, unless told otherwise: a busy machine must not make an answer late. */
  static async start(config: Partial<Config> = {}): Promise<RunningIntake> {
    const clock = new VirtualClock(monday);
    const platform = await aPlatform({
      clock,
      topics: topicDefinitions,
      config: { replyBudgetMs: 15_000, ...config },
    });
    const reservation = new FakeReservation(platform);
    await reservation.start();
    const service = await startService(intakeService, platform, { listen: false });
    await until(async () => (await service.readiness()).status === 'up');
    return new RunningIntake(platform, clock, service, reservation);
  }

  async call(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answer = await this.service.app.inject({
      method,
      url,
      headers: { ...(typeof payload === 'string' && { 'content-type': 'application/json' }), ...headers },
      ...(payload !== undefined && { payload }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  }

  history(correlationId: string): Promise<StoredEvent[]> {
    return all(this.platform.store.readCorrelation(correlationId));
  }

  /** Types of all events about a handover, in log order. */
  async types(handoverId: string): Promise<string[]> {
    return (await this.history(handoverId)).map(({ type }) => type);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.reservation.stop();
    await this.platform.close();
  }
}
