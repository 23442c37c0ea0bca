import { type EventStore, type NewEvent, StoreUnavailable, type SubscribeOptions } from '@handover/platform';

/** At which event, and whether just before or just after it is stored. */
export type Dies = (event: NewEvent) => 'before' | 'after' | false;

/**
 * The store as one process sees it that is killed with -9 at an instant of our choice: just before or just after an
 * event of some type is stored. From then on nothing that the process asks for is ever answered, so it does nothing more.
 */
export class MortalStore implements EventStore {
  private dead = false;
  private release: (fault: StoreUnavailable) => void = () => undefined;
  /** What a dead process waits for. */
  private readonly silence = new Promise<never>((_resolve, reject) => {
    this.release = reject;
  });

  constructor(
    private readonly store: EventStore,
    private readonly dies: Dies,
  ) {}

  get isDead(): boolean {
    return this.dead;
  }

  async append(...[stream, events, expected]: Parameters<EventStore['append']>) {
    await this.alive();
    const moment = events.map((event) => this.dies(event)).find(Boolean);
    if (moment === 'before') return this.die();
    const result = await this.store.append(stream, events, expected);
    return moment === 'after' ? this.die() : result;
  }

  async *readStream(...parameters: Parameters<EventStore['readStream']>) {
    await this.alive();
    yield* this.store.readStream(...parameters);
  }

  async *readAll(...parameters: Parameters<EventStore['readAll']>) {
    await this.alive();
    yield* this.store.readAll(...parameters);
  }

  async *readCorrelation(correlationId: string) {
    await this.alive();
    yield* this.store.readCorrelation(correlationId);
  }

  subscribe(options: SubscribeOptions) {
    const onEvent: SubscribeOptions['onEvent'] = async (event) => {
      if (!this.dead) await options.onEvent(event);
    };
    return this.store.subscribe({ ...options, onEvent });
  }

  async head() {
    await this.alive();
    return this.store.head();
  }

  async readRegister(name: string) {
    await this.alive();
    return this.store.readRegister(name);
  }

  async writeRegister(...parameters: Parameters<EventStore['writeRegister']>) {
    await this.alive();
    return this.store.writeRegister(...parameters);
  }

  /** Ends the silence, so that a test can clear up what is left of the process. */
  bury(): void {
    this.dead = true;
    this.silence.catch(() => undefined);
    this.release(new StoreUnavailable('The process is dead.'));
  }

  async close(): Promise<void> {
    // It outlives this process.
  }

  private alive(): Promise<void> {
    return this.dead ? this.silence : Promise.resolve();
  }

  private die(): Promise<never> {
    this.dead = true;
    return this.silence;
  }
}
