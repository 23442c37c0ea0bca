import { type Place } from '../expectation.js';
import { type Revision, type StoredEvent, type StreamName } from '../port.js';

const streamsAtMost = 1_000;
const idsAtMost = 500_000;

/** The ids of one stream from its first event to `last`, without a gap. */
export interface KnownStream {
  readonly ids: Map<string, Place>;
  last: Revision | 'none';
  /** False after an append of this process, until the stream is read again. */
  current: boolean;
}

/**
 * Which ids the streams hold that this process read lately. The server recognises a repeated append only next to the
 * expected revision; later events hide it. Whoever loads a stream before an append fills this on the way, at no cost.
 */
export class KnownStreams {
  private readonly streams = new Map<StreamName, KnownStream>();
  private idCount = 0;

  of(stream: StreamName): KnownStream | undefined {
    return this.streams.get(stream);
  }

  /** Notes what was read forwards. Events that leave a gap behind what is known are not noted. */
  note(stream: StreamName, events: readonly StoredEvent[]): KnownStream {
    const known: KnownStream = this.streams.get(stream) ?? {
      ids: new Map<string, Place>(),
      last: 'none',
      current: true,
    };
    known.current = true;
    for (const { id, revision, position } of events) {
      if (revision !== (known.last === 'none' ? 0 : known.last + 1)) continue;
      known.ids.set(id, { revision, position });
      known.last = revision;
      this.idCount += 1;
    }
    // Last in the map is the latest used.
    this.streams.delete(stream);
    this.streams.set(stream, known);
    this.forgetOldest();
    return known;
  }

  private forgetOldest(): void {
    for (const [stream, { ids }] of this.streams) {
      if (this.streams.size <= streamsAtMost && this.idCount <= idsAtMost) return;
      this.streams.delete(stream);
      this.idCount -= ids.size;
    }
  }
}
