import { type Clock, type Json } from '@handover/kernel';
import { checkAppend } from './expectation.js';
import { RevisionConflict, StoreUnavailable } from './faults.js';
import { Followers } from './followers.js';
import { incoming } from './incoming.js';
import { byPage, matches, pageSize } from './paging.js';
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
  type StoredEvent,
  type StreamName,
  type SubscribeOptions,
  type Subscription,
} from './port.js';

/** The log in this process's memory, for tests and trials: it ends with the process. */
export const memoryEventStore = (clock: Clock): EventStore => new MemoryEventStore(clock);

interface Stream {
  readonly events: StoredEvent[];
  readonly byId: Map<string, StoredEvent>;
}

/** The event at index i of the log has position i + 1; sixteen digits, so that text compares as numbers do. */
const positionOf = (index: number): Position => String(index + 1).padStart(16, '0');

class MemoryEventStore implements EventStore {
  private readonly log: StoredEvent[] = [];
  private readonly streams = new Map<StreamName, Stream>();
  private readonly registers = new Map<string, Register>();
  private readonly followers = new Followers((after, filter) => {
    const events = this.following(after, filter, pageSize);
    const atEnd = events.length < pageSize;
    return { events, atEnd, searchedTo: (atEnd ? this.log : events).at(-1)?.position };
  });
  private closed = false;

  constructor(private readonly clock: Clock) {}

  async append(
    name: StreamName,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.checkOpen();
    const batch = incoming(name, events, this.clock);
    const stream = this.streams.get(name) ?? { events: [], byId: new Map<string, StoredEvent>() };
    const repeated = checkAppend({
      stream: name,
      ids: batch.map(({ id }) => id),
      expected,
      actual: stream.events.at(-1)?.revision ?? 'none',
      find: (id) => stream.byId.get(id),
    });
    if (repeated) return repeated;

    for (const { id, type, data, metadata } of batch) {
      const stored: StoredEvent = {
        id,
        type,
        stream: name,
        revision: stream.events.length,
        position: positionOf(this.log.length),
        data: JSON.parse(data),
        metadata: JSON.parse(metadata),
      };
      this.log.push(stored);
      stream.events.push(stored);
      stream.byId.set(id, stored);
    }
    this.streams.set(name, stream);
    this.followers.wake();
    return { revision: stream.events.length - 1, position: positionOf(this.log.length - 1), repeated: false };
  }

  readStream(name: StreamName, { from, backwards = false, limit }: ReadStreamOptions = {}) {
    return byPage((last, size) => {
      this.checkOpen();
      const events = this.streams.get(name)?.events ?? [];
      if (!backwards) {
        const begin = last ? last.revision + 1 : (from ?? 0);
        return events.slice(begin, begin + size);
      }
      const end = last ? last.revision : Math.min((from ?? Infinity) + 1, events.length);
      return events.slice(Math.max(0, end - size), end).reverse();
    }, limit);
  }

  readAll({ after, filter, backwards = false, limit }: ReadAllOptions = {}) {
    return byPage((last, size) => {
      this.checkOpen();
      const from = last?.position ?? after;
      return backwards ? this.before(from, filter, size) : this.following(from, filter, size);
    }, limit);
  }

  readCorrelation(correlationId: string) {
    return (async function* (all) {
      for await (const event of all) if (event.metadata.correlationId === correlationId) yield event;
    })(this.readAll());
  }

  subscribe(options: SubscribeOptions): Subscription {
    this.checkOpen();
    return this.followers.follow(options);
  }

  async head(): Promise<Position | undefined> {
    this.checkOpen();
    return this.log.at(-1)?.position;
  }

  async readRegister(name: string): Promise<Register | undefined> {
    this.checkOpen();
    return structuredClone(this.registers.get(name));
  }

  async writeRegister(name: string, value: Json, expected: Revision | 'none'): Promise<Revision> {
    this.checkOpen();
    const actual = this.registers.get(name)?.revision ?? 'none';
    if (actual !== expected) throw new RevisionConflict(`register ${name}`, expected, actual);
    const revision = actual === 'none' ? 0 : actual + 1;
    this.registers.set(name, { value: structuredClone(value), revision });
    return revision;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.followers.stopAll();
  }

  private checkOpen(): void {
    if (this.closed) throw new StoreUnavailable('The event store was closed.');
  }

  private following(
    after: Position | undefined,
    filter: EventFilter | undefined,
    size: number,
  ): StoredEvent[] {
    const found: StoredEvent[] = [];
    for (let index = Number(after ?? 0); index < this.log.length && found.length < size; index += 1) {
      const event = this.log[index];
      if (event && matches(filter, event)) found.push(event);
    }
    return found;
  }

  private before(end: Position | undefined, filter: EventFilter | undefined, size: number): StoredEvent[] {
    const found: StoredEvent[] = [];
    for (
      let index = end ? Number(end) - 2 : this.log.length - 1;
      index >= 0 && found.length < size;
      index -= 1
    ) {
      const event = this.log[index];
      if (event && matches(filter, event)) found.push(event);
    }
    return found;
  }
}
