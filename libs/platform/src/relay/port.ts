import { type StoredEvent } from '../event-store/port.js';

/** What a service says to others because of one stored event. CloudEvents attributes are added by the relay. */
export interface Outgoing {
  readonly topic: string;
  readonly key: string;
  /** `ce_type`: the event's or command's type. */
  readonly type: string;
  /** null publishes a tombstone. */
  readonly data: object | null;
}

/** A service's `publishes.ts`: pure, so that a repeat gives the same messages with the same ids. */
export type Publishes = (event: StoredEvent) => readonly Outgoing[];
