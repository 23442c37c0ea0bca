// The log of a test double of EventStoreDB. Not a database: it lives in memory, knows no users, and forgets nothing.

/** One record of the log, as the server keeps it. Commit and prepare position are the same, as for all single writes. */
export interface Rec {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export type Proposed = Pick<Rec, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type Expected = bigint | 'any' | 'none';

export type Appended =
  | { readonly result: 'stored'; readonly last: Rec }
  | { readonly result: 'wrong-revision'; readonly current: bigint | 'none' };

/** A server's default limit for the data and metadata of one append, and how it counts an event's type. */
export const maxAppendBytes = 1_024 * 1_024;
export const sizeOnDisk = ({ type, data, metadata }: Proposed): number =>
  data.length + metadata.length + 2 * type.length;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

export class DoubleLog {
  readonly records: Rec[] = [];
  /** The most events that one read has asked for. */
  mostRead = 0;
  private readonly streams = new Map<string, Rec[]>();
  private readonly listeners = new Set<() => void>();
  private indexed = 0;

  /** With `projections`, the links of `$by_correlation_id` follow each append a moment later, as on a server. */
  constructor(readonly projections: boolean) {}

  /**
   * Appends all or nothing. A repeat is recognised only if the events stand right behind the expected revision;
   * with `any` never, as on a server whose cache of ids has moved on.
   */
  append(stream: string, events: readonly Proposed[], expected: Expected): Appended {
    const existing = this.streams.get(stream) ?? [];
    const current = existing.at(-1)?.revision ?? 'none';
    if (expected !== 'any' && expected !== current) {
      const from = expected === 'none' ? 0 : Number(expected) + 1;
      const there = existing.slice(from, from + events.length);
      const last = there.at(-1);
      const repeated =
        there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
      return repeated && last ? { result: 'stored', last } : { result: 'wrong-revision', current };
    }
    for (const event of events) this.write(stream, event);
    if (this.projections) setImmediate(() => this.index());
    const last = this.streams.get(stream)?.at(-1);
    if (!last) throw new Error('An append of nothing: the client never sends one.');
    this.announce();
    return { result: 'stored', last };
  }

  /** A stream's records as far as its `$maxCount` keeps them; undefined if there is no such stream. */
  stream(name: string): readonly Rec[] | undefined {
    const records = this.streams.get(name);
    const metadata = this.streams.get(`$$${name}`)?.at(-1);
    const { $maxCount = Infinity } = metadata ? JSON.parse(text(metadata.data)) : {};
    return records?.slice(Math.max(0, records.length - $maxCount));
  }

  /** What a link record points to. */
  resolve({ type, data }: Rec): Rec | undefined {
    if (type !== '$>') return undefined;
    const [revision, ...stream] = text(data).split('@');
    return this.streams.get(stream.join('@'))?.[Number(revision)];
  }

  /** Calls `wake` after each growth until the returned function is called. */
  onGrowth(wake: () => void): () => void {
    this.listeners.add(wake);
    return () => this.listeners.delete(wake);
  }

  private index(): void {
    const end = this.records.length;
    for (const { stream, revision, metadata, id } of this.records.slice(this.indexed, end)) {
      const correlationId = metadata.length > 0 && JSON.parse(text(metadata)).$correlationId;
      if (!correlationId || stream.startsWith('$')) continue;
      const data = Buffer.from(`${revision}@${stream}`);
      const link = { id: `link-${id}`, type: '$>', contentType: 'application/octet-stream', data };
      this.write(`$bc-${correlationId}`, { ...link, metadata: new Uint8Array() });
    }
    this.indexed = end;
    this.announce();
  }

  private write(stream: string, event: Proposed): void {
    const records = this.streams.get(stream) ?? [];
    const previous = this.records.at(-1);
    // Positions are places in a file: they grow by the size of a record.
    const position = previous ? previous.position + BigInt(sizeOnDisk(previous) + 64) : 0n;
    const record: Rec = { ...event, stream, revision: BigInt(records.length), position };
    this.records.push(record);
    records.push(record);
    this.streams.set(stream, records);
  }

  private announce(): void {
    for (const wake of this.listeners) wake();
  }
}
