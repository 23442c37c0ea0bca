import { type Clock, type Json } from '@handover/kernel';
import { type DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../faults.js';
import { Followers, type LogPage } from '../followers.js';
import { incoming } from '../incoming.js';
import { byPage, pageSize } from '../paging.js';
import {
  type AppendResult,
  type EventFilter,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type Register,
  type Revision,
  type StreamName,
  type SubscribeOptions,
  type Subscription,
} from '../port.js';
import { asUnavailable, isCorrupt, openDatabase, openDatabaseToRead } from './database.js';
import { GroupCommit } from './group-commit.js';
import { EventRows, positionOf, rowOf } from './rows.js';
import { EventWrites } from './writes.js';

/** How soon a subscription notices what another process appended to the same file. */
const otherProcessPollMs = 20;

/**
 * The log in one SQLite file. Appends of one turn of the event loop share a transaction and one wait for the disk.
 * Several processes of one machine may open the file (on a local disk, not a network share).
 * @throws StoreUnavailable if the file cannot be opened
 */
export const sqliteEventStore = ({
  file,
  clock,
  readOnly = false,
}: {
  readonly file: string;
  readonly clock: Clock;
  /** Changes nothing, also no file beside it; every write throws StoreUnavailable. */
  readonly readOnly?: boolean;
}): EventStore => new SqliteEventStore(readOnly ? openDatabaseToRead(file) : openDatabase(file), clock);

class SqliteEventStore implements EventStore {
  private readonly rows: EventRows;
  private readonly writes: EventWrites;
  private readonly commits: GroupCommit;
  private readonly followers = new Followers((after, filter) => this.logPage(after, filter));
  private dataVersion = 0;
  private poll?: NodeJS.Timeout;
  private closing?: Promise<void>;
  private damaged?: unknown;

  constructor(
    private readonly database: DatabaseSync,
    private readonly clock: Clock,
  ) {
    this.rows = new EventRows(database);
    this.writes = new EventWrites(this.rows);
    this.commits = new GroupCommit(database, () => this.followers.wake());
  }

  async append(
    stream: StreamName,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.checkOpen();
    const batch = incoming(stream, events, this.clock);
    return this.write(() => this.writes.append(stream, batch, expected));
  }

  readStream(stream: StreamName, { from, backwards = false, limit }: ReadStreamOptions = {}) {
    const start = from ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
    return byPage((last, size) => {
      const next = last ? last.revision + (backwards ? -1 : 1) : start;
      return this.query(() => this.rows.ofStream(stream, next, size, backwards));
    }, limit);
  }

  readAll({ after, filter = {}, backwards = false, limit }: ReadAllOptions = {}) {
    const start = after ? rowOf(after) : backwards ? Number.MAX_SAFE_INTEGER : 0;
    return byPage((last, size) => {
      const beyond = last ? rowOf(last.position) : start;
      return this.query(() => this.rows.ofLog(beyond, size, filter, backwards));
    }, limit);
  }

  readCorrelation(correlationId: string) {
    return byPage((last, size) => {
      const beyond = last ? rowOf(last.position) : 0;
      return this.query(() => this.rows.ofCorrelation(correlationId, beyond, size));
    });
  }

  /** Damage is met by the delivery, and told by `done`, as all that comes later. */
  subscribe(options: SubscribeOptions): Subscription {
    this.checkNotClosed();
    this.poll ??= setInterval(() => this.lookForOthers(), otherProcessPollMs);
    return this.followers.follow(options);
  }

  async head(): Promise<Position | undefined> {
    const last = this.query(() => this.rows.lastRow());
    return last === 0 ? undefined : positionOf(last);
  }

  async readRegister(name: string): Promise<Register | undefined> {
    return this.query(() => this.writes.register(name));
  }

  async writeRegister(name: string, value: Json, expected: Revision | 'none'): Promise<Revision> {
    this.checkOpen();
    return this.write(() => this.writes.writeRegister(name, value, expected));
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    await this.followers.stopAll();
    await this.commits.idle();
    clearInterval(this.poll);
    this.database.close();
  }

  private checkNotClosed(): void {
    if (this.closing) throw new StoreUnavailable('The event store was closed.');
  }

  private checkOpen(): void {
    this.checkNotClosed();
    if (this.damaged !== undefined) throw asUnavailable(this.damaged, 'The event store is damaged');
  }

  private async write<Answer>(change: () => Answer): Promise<Answer> {
    try {
      return await this.commits.run(change);
    } catch (fault) {
      throw this.noted(fault);
    }
  }

  /** A damaged file answers nothing more, also not from its sound pages: nobody decides on half a log. */
  private noted(fault: unknown): unknown {
    if (fault instanceof Error && isCorrupt(fault.cause)) this.damaged = fault.cause;
    return fault;
  }

  private query<Answer>(read: () => Answer): Answer {
    this.checkOpen();
    try {
      return read();
    } catch (fault) {
      throw this.noted(asUnavailable(fault, 'The event store could not be read'));
    }
  }

  private logPage(after: Position | undefined, filter: EventFilter): LogPage {
    return this.query(() => {
      // Read before the page: what another process appends in between is then searched again, not skipped.
      const lastRow = this.rows.lastRow();
      const events = this.rows.ofLog(after ? rowOf(after) : 0, pageSize, filter, false);
      const lastEvent = rowOf(events.at(-1)?.position ?? '0');
      const atEnd = events.length < pageSize;
      return { events, atEnd, searchedTo: positionOf(atEnd ? Math.max(lastRow, lastEvent) : lastEvent) };
    });
  }

  /** SQLite counts the commits of other connections; polling the count costs a few microseconds. */
  private lookForOthers(): void {
    if (this.followers.size === 0) {
      clearInterval(this.poll);
      this.poll = undefined;
      return;
    }
    const version = this.dataVersionNow();
    if (version !== this.dataVersion) this.followers.wake();
    this.dataVersion = version;
  }

  /** A fault gives a new number: the followers then read, meet the fault themselves and report it. */
  private dataVersionNow(): number {
    try {
      return Number(this.rows.prepared('PRAGMA data_version').get()?.data_version);
    } catch {
      return NaN;
    }
  }
}
