import { type Bus, type BusMessage } from '../../bus/port.js';
import { type EventStore } from '../../event-store/port.js';

/**
 * Kills a process at one of its steps: from then on none of its calls to the outside takes effect or answers.
 * Each call has two steps, before its effect and before its answer.
 */
export class Reaper {
  private steps = 0;
  dead = false;

  constructor(private readonly dieAt: number) {}

  async around<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    await this.step();
    const answer = await call();
    await this.step();
    return answer;
  }

  private step(): Promise<void> {
    this.steps += 1;
    if (this.steps >= this.dieAt) this.dead = true;
    return this.dead ? new Promise(() => undefined) : Promise.resolve();
  }
}

/** A store as a mortal process sees it. */
export const mortalStore = (store: EventStore, reaper: Reaper): EventStore => ({
  append: (...call) => reaper.around(() => store.append(...call)),
  readRegister: (...call) => reaper.around(() => store.readRegister(...call)),
  writeRegister: (...call) => reaper.around(() => store.writeRegister(...call)),
  subscribe: (options) =>
    store.subscribe({ ...options, onEvent: (event) => reaper.around(() => options.onEvent(event)) }),
  readStream: (...call) => store.readStream(...call),
  readAll: (...call) => store.readAll(...call),
  readCorrelation: (...call) => store.readCorrelation(...call),
  head: () => store.head(),
  close: () => store.close(),
});

/** Remembers what was published, in order. */
export class RecordingBus {
  readonly messages: BusMessage[] = [];
  /** While set, publishing fails with it. */
  outage: Error | undefined;

  publish(messages: readonly BusMessage[]): Promise<void> {
    if (this.outage) return Promise.reject(this.outage);
    this.messages.push(...messages);
    return Promise.resolve();
  }

  ids(): string[] {
    return this.messages.map(({ headers }) => headers['ce_id'] ?? '');
  }
}

/** A publisher as a mortal process sees it. */
export const mortalBus = (bus: Pick<Bus, 'publish'>, reaper: Reaper): Pick<Bus, 'publish'> => ({
  publish: (messages) => reaper.around(() => bus.publish(messages)),
});
