import { setTimeout as wait } from 'node:timers/promises';
import { type Logger } from 'pino';
import { type EventStore, type Position, type StoredEvent, type Subscription } from '../event-store/port.js';
import { subscribeInBatches } from '../subscription/batches.js';
import { type Projection } from './port.js';
import { type Checkpoint, FoldFault, ViewFile } from './view-file.js';
import { type ProjectionStatus } from './views.js';

const eventsPerBatch = 500;
const retryMs = 1_000;

interface Waiter {
  readonly position: Position;
  readonly resolve: (folded: boolean) => void;
}

/** One projection at work: from its file's checkpoint through history into the present. */
export class RunningView {
  private file: ViewFile;
  private checkpoint: Checkpoint;
  private state: ProjectionStatus['state'] = 'paused';
  private wasLive = false;
  private fault: ProjectionStatus['fault'];
  private subscription: Subscription | undefined;
  private waiters: Waiter[] = [];
  private closed = false;

  constructor(
    private readonly projection: Projection,
    private readonly path: string,
    private readonly store: EventStore,
    private readonly log: Logger,
  ) {
    this.file = new ViewFile(path, projection);
    this.checkpoint = this.file.checkpoint();
  }

  get reader(): ViewFile['reader'] {
    return this.file.reader;
  }

  /** Starts, or goes on. Resolves when level with the log or stopped. */
  async start(): Promise<void> {
    if (this.subscription) return;
    await this.matchLog();
    if (this.closed) return;
    this.state = 'catching-up';
    this.fault = undefined;
    await new Promise<void>((settled) => this.subscribe(settled));
  }

  async pause(): Promise<void> {
    const { subscription } = this;
    this.subscription = undefined;
    await subscription?.stop();
    if (this.state !== 'stopped') this.state = 'paused';
  }

  async replay(): Promise<void> {
    await this.pause();
    this.renew();
    await this.start();
  }

  async stop(): Promise<void> {
    this.closed = true;
    await this.pause();
    this.file.close();
    for (const waiter of this.waiters) waiter.resolve(false);
  }

  waitFor(position: Position, withinMs: number): Promise<boolean> {
    if ((this.checkpoint.position ?? '') >= position) return Promise.resolve(true);
    return new Promise((resolve) => {
      const waiter: Waiter = { position, resolve: settle };
      const timer = setTimeout(() => settle(false), withinMs);
      const forget = (): void => void (this.waiters = this.waiters.filter((other) => other !== waiter));
      function settle(folded: boolean): void {
        clearTimeout(timer);
        forget();
        resolve(folded);
      }
      this.waiters.push(waiter);
    });
  }

  status(): ProjectionStatus {
    const { position, upTo, applied } = this.checkpoint;
    return {
      name: this.projection.name,
      version: this.projection.version,
      state: this.state,
      wasLive: this.wasLive,
      ...(position !== null && { position }),
      ...(upTo !== null && { upTo }),
      eventsApplied: applied,
      ...(this.fault && { fault: this.fault }),
    };
  }

  /** A view of another log (the store was replaced, or restored to an earlier state) is begun anew. */
  private async matchLog(): Promise<void> {
    const { origin, position } = this.checkpoint;
    const first = await firstEvent(this.store);
    const head = await this.store.head();
    if (this.closed) return;
    if ((origin !== null && origin !== first?.id) || (position !== null && position > (head ?? '')))
      this.renew();
    if (first && this.checkpoint.origin === null) this.file.startedFrom(first.id);
    this.checkpoint = this.file.checkpoint();
  }

  private renew(): void {
    this.file.delete();
    this.file = new ViewFile(this.path, this.projection);
    this.checkpoint = this.file.checkpoint();
  }

  private subscribe(settled: () => void): void {
    const subscription = subscribeInBatches(this.store, {
      ...(this.checkpoint.position !== null && { after: this.checkpoint.position }),
      filter: this.projection.filter,
      most: eventsPerBatch,
      onBatch: (events) => this.fold(events, subscription),
      onCaughtUp: () => {
        this.state = 'live';
        this.wasLive = true;
        settled();
      },
    });
    this.subscription = subscription;
    subscription.done.catch((fault: unknown) => this.stopAt(fault)).finally(settled);
  }

  /** A file that cannot be written now (locked, disk full) is no fault of the fold: try again until it can. */
  private async fold(events: readonly StoredEvent[], owner: Subscription): Promise<void> {
    for (;;) {
      try {
        if (this.checkpoint.origin === null) await this.matchLog();
        this.checkpoint = this.file.apply(events);
        break;
      } catch (fault) {
        if (fault instanceof FoldFault) throw fault;
        if (this.subscription !== owner) return; // stopped meanwhile; the next start folds them
        this.log.error(
          { err: fault, projection: this.projection.name },
          'view cannot be written; trying again',
        );
        await wait(retryMs);
      }
    }
    const reached = this.checkpoint.position ?? '';
    for (const waiter of this.waiters.filter(({ position }) => position <= reached)) waiter.resolve(true);
  }

  private stopAt(fault: unknown): void {
    this.state = 'stopped';
    this.subscription = undefined;
    this.checkpoint = this.file.checkpoint();
    const cause = fault instanceof FoldFault ? fault.cause : fault;
    const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown';
    const event = fault instanceof FoldFault ? fault.event : undefined;
    this.fault = { eventId: event?.id ?? '', type: event?.type ?? '', message };
    this.log.error(
      { err: cause, projection: this.projection.name, eventId: event?.id, type: event?.type },
      'projection stopped; repair it, then resume',
    );
  }
}

async function firstEvent(store: EventStore): Promise<StoredEvent | undefined> {
  for await (const event of store.readAll({ limit: 1 })) return event;
  return undefined;
}
