import { type Clock, type Json } from '@handover/kernel';
import { StoreUnavailable } from '../faults.js';
import { incoming } from '../incoming.js';
import { matches } from '../paging.js';
import {
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type Register,
  type Revision,
  type StoredEvent,
  type StreamName,
  type SubscribeOptions,
  type Subscription,
} from '../port.js';
import { EsdbAppends } from './appends.js';
import { connect, type Connection } from './connection.js';
import { readCorrelation } from './correlation.js';
import { EsdbFollower } from './follower.js';
import { logEvents, streamPages } from './reads.js';
import { EsdbRegisters } from './registers.js';

/** The head is near the end: links and system events stand in between. */
const headPageSize = 50;

/**
 * The log in EventStoreDB (KurrentDB) 24.10 or later; the database is ours alone.
 * It connects at the first use, and again whenever the connection is lost.
 * @param url `esdb://…` or `esdb+discover://…`; `?correlation=scan` for servers without the standard projections
 * @throws RangeError if the URL cannot be read
 */
export const esdbEventStore = ({ url, clock }: { readonly url: string; readonly clock: Clock }): EventStore =>
  new EsdbEventStore(connect(url), clock);

class EsdbEventStore implements EventStore {
  private readonly appends: EsdbAppends;
  private readonly registers: EsdbRegisters;
  private readonly followers = new Set<EsdbFollower>();
  private readonly writing = new Set<Promise<unknown>>();
  private closed = false;

  constructor(
    private readonly connection: Connection,
    private readonly clock: Clock,
  ) {
    this.appends = new EsdbAppends(connection);
    this.registers = new EsdbRegisters(connection);
  }

  async append(
    stream: StreamName,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const batch = incoming(stream, events, this.clock);
    return this.write(() => this.appends.append(stream, batch, expected));
  }

  async *readStream(stream: StreamName, options: ReadStreamOptions = {}): AsyncIterable<StoredEvent> {
    this.checkOpen();
    for await (const page of streamPages(this.connection.client, stream, options)) {
      if (!options.backwards) this.appends.note(stream, page);
      yield* page;
      this.checkOpen();
    }
  }

  async *readAll({
    after,
    filter,
    backwards,
    limit = Infinity,
  }: ReadAllOptions = {}): AsyncIterable<StoredEvent> {
    this.checkOpen();
    if (limit === 0) return;
    let left = limit;
    for await (const event of logEvents(this.connection.client, { beyond: after, backwards })) {
      if (!matches(filter, event)) continue;
      yield event;
      left -= 1;
      if (left === 0) return;
      this.checkOpen();
    }
  }

  async *readCorrelation(correlationId: string): AsyncIterable<StoredEvent> {
    this.checkOpen();
    yield* readCorrelation(this.connection, correlationId);
  }

  subscribe(options: SubscribeOptions): Subscription {
    this.checkOpen();
    const follower = new EsdbFollower(this.connection.client, options, () => this.followers.delete(follower));
    this.followers.add(follower);
    return follower;
  }

  async head(): Promise<Position | undefined> {
    this.checkOpen();
    const options = { backwards: true, size: headPageSize };
    for await (const { position } of logEvents(this.connection.client, options)) return position;
    return undefined;
  }

  async readRegister(name: string): Promise<Register | undefined> {
    this.checkOpen();
    return this.registers.read(name);
  }

  async writeRegister(name: string, value: Json, expected: Revision | 'none'): Promise<Revision> {
    return this.write(() => this.registers.write(name, value, expected));
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.followers].map((follower) => follower.stop()));
    await Promise.allSettled(this.writing);
  }

  private checkOpen(): void {
    if (this.closed) throw new StoreUnavailable('The event store was closed.');
  }

  private async write<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    this.checkOpen();
    const answer = action();
    this.writing.add(answer);
    try {
      return await answer;
    } finally {
      this.writing.delete(answer);
    }
  }
}
