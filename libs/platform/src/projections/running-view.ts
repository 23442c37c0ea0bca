import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Logger } from 'pino';
import { reasonOf } from '../event-store/sqlite/database.js';
import { type EventStore, type Position, type StoredEvent, type Subscription } from '../event-store/port.js';
import { subscribeInBatches } from '../subscription/batches.js';
import { type Projection } from './port.js';
import { faultOf, type LiveView, Replay } from './replay.js';
import { type Checkpoint, FoldFault, openViewFile, ViewFile } from './view-file.js';
import { type ViewFiles } from './view-files.js';
import {
  NothingKept,
  type ProjectionStatus,
  type ReplayKind,
  type ReplayStatus,
  ReplayUnderWay,
} from './views.js';
import { Waiters } from './waiters.js';

const eventsPerBatch = 500;
const retryMs = 1_000;

/** One projection at work: from its file's checkpoint through history into the present. */
export class RunningView implements LiveView {
  private file: ViewFile;
  private checkpoint: Checkpoint;
  private state: ProjectionStatus['state'] = 'paused';
  private wasLive = false;
  private fault: ProjectionStatus['fault'];
  private subscription: Subscription | undefined;
  private replaying: Replay | undefined;
  private replayed: Promise<void> | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly waiters = new Waiters();
  private readonly closing = new AbortController();

  constructor(
    private readonly projection: Projection,
    private readonly files: ViewFiles,
    private readonly store: EventStore,
    private readonly log: Logger,
  ) {
    this.file = openViewFile(files.live, projection, log);
    this.checkpoint = this.file.checkpoint();
  }

  get reader(): ViewFile['reader'] {
    return this.file.reader;
  }

  /** Starts, or goes on. Resolves when level with the log or stopped. */
  async start(): Promise<void> {
    const started = await this.inTurn(async () => {
      if (this.subscription || this.closed) return undefined;
      await this.matchLog();
      if (this.closed) return undefined;
      this.state = 'catching-up';
      this.fault = undefined;
      return { settled: this.follow() };
    });
    await started?.settled;
  }

  pause(): Promise<void> {
    return this.inTurn(async () => {
      await this.halt();
      if (this.state !== 'stopped') this.state = 'paused';
    });
  }

  /** @throws NothingKept, ReplayUnderWay */
  async replay(kind: ReplayKind): Promise<ReplayStatus> {
    if (this.replayed) throw new ReplayUnderWay(`Projection "${this.projection.name}" is replayed already.`);
    const path = kind === 'rollback' ? this.files.previous : this.files.fresh();
    if (!path) throw new NothingKept(`Projection "${this.projection.name}" has no earlier file.`);
    const { projection, store, closing } = this;
    const file = new ViewFile(path, projection);
    const replay = new Replay({ kind, projection, store, file, live: this, signal: closing.signal });
    this.replaying = replay;
    this.log.info({ projection: projection.name, kind }, 'replay begins');
    this.replayed = replay.run().finally(() => (this.replayed = undefined));
    await this.replayed;
    const { state, fault, eventsApplied } = replay.status();
    this.log.info({ projection: projection.name, kind, state, fault, eventsApplied }, 'replay is over');
    if (state === 'switched') await this.start();
    return replay.status();
  }

  hold<Answer>(work: (file: ViewFile) => Promise<Answer>): Promise<Answer> {
    return this.inTurn(async () => {
      const wasFolding = this.subscription !== undefined;
      await this.halt();
      try {
        return await work(this.file);
      } finally {
        this.checkpoint = this.file.checkpoint();
        this.waiters.reached(this.checkpoint.position);
        if (wasFolding && !this.closed) void this.follow();
      }
    });
  }

  switchTo(file: ViewFile, keepOld: boolean): void {
    const old = this.file;
    this.files.choose(file.path, keepOld);
    this.file = file;
    old.close();
    this.files.sweep();
  }

  async stop(): Promise<void> {
    this.closing.abort();
    await this.replayed;
    await this.pause();
    this.file.close();
    this.waiters.giveUp();
  }

  waitFor(position: Position, withinMs: number): Promise<boolean> {
    if ((this.checkpoint.position ?? '') >= position) return Promise.resolve(true);
    return this.waiters.waitFor(position, withinMs);
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
      file: this.file.name,
      ...(this.files.previous && { previous: basename(this.files.previous) }),
      ...(this.replaying && { replay: this.replaying.status() }),
    };
  }

  private get closed(): boolean {
    return this.closing.signal.aborted;
  }

  /** What stops, starts or replaces the folding happens one after the other. */
  private inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const answer = this.turn.then(work);
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  private async halt(): Promise<void> {
    const { subscription } = this;
    this.subscription = undefined;
    await subscription?.stop();
  }

  /** A view of another log is begun anew. */
  private async matchLog(): Promise<void> {
    if (await this.file.isOf(this.store)) return;
    if (this.closed) return;
    this.log.warn({ projection: this.projection.name }, 'the view is of another log; it is begun anew');
    this.file.delete();
    this.files.dropPrevious();
    this.file = new ViewFile(this.files.live, this.projection);
    this.checkpoint = this.file.checkpoint();
  }

  /** Folds from the checkpoint on. Resolves when level with the log or stopped. */
  private follow(): Promise<void> {
    const settled = Promise.withResolvers<void>();
    const subscription = subscribeInBatches(this.store, {
      ...(this.checkpoint.position !== null && { after: this.checkpoint.position }),
      filter: this.projection.filter,
      most: eventsPerBatch,
      onBatch: (events) => this.fold(events, subscription),
      onCaughtUp: () => {
        this.state = 'live';
        this.wasLive = true;
        settled.resolve();
      },
    });
    this.subscription = subscription;
    const end = (fault: unknown): void => {
      // If it was halted meanwhile, the next start meets the same event again.
      if (this.subscription === subscription) this.stopAt(fault);
    };
    subscription.done.catch(end).finally(settled.resolve);
    return settled.promise;
  }

  /** A file that cannot be written now (locked, disk full) is no fault of the fold: try again until it can. */
  private async fold(events: readonly StoredEvent[], owner: Subscription): Promise<void> {
    const { state } = this;
    for (;;) {
      try {
        this.checkpoint = this.file.apply(events);
        if (this.fault) this.state = state;
        this.fault = undefined;
        break;
      } catch (fault) {
        if (fault instanceof FoldFault) throw fault;
        if (this.subscription !== owner) return; // stopped meanwhile; the next start folds them
        if (!this.fault)
          this.log.error(
            { err: fault, projection: this.projection.name },
            'view cannot be written; trying again',
          );
        this.state = 'catching-up';
        this.fault = { ...faultOf(fault), message: reasonOf(fault) ?? faultOf(fault).message };
        await wait(retryMs);
      }
    }
    this.waiters.reached(this.checkpoint.position);
  }

  private stopAt(fault: unknown): void {
    this.state = 'stopped';
    this.subscription = undefined;
    this.checkpoint = this.file.checkpoint();
    this.fault = faultOf(fault);
    const { eventId, type, stream, revision } = this.fault;
    this.log.error(
      {
        err: fault instanceof FoldFault ? fault.cause : fault,
        projection: this.projection.name,
        eventId,
        type,
        stream,
        revision,
      },
      'projection stopped; repair it, then resume',
    );
  }
}
