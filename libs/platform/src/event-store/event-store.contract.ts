import { type Clock, VirtualClock } from '@handover/kernel';
import { randomUUID } from 'node:crypto';
import { appendContract } from './contract/append.contract.js';
import { closeContract } from './contract/close.contract.js';
import { concurrencyContract } from './contract/concurrency.contract.js';
import { modelContract } from './contract/model.contract.js';
import { outageContract } from './contract/outage.contract.js';
import { readContract } from './contract/read.contract.js';
import { registerContract } from './contract/register.contract.js';
import { subscribeContract } from './contract/subscribe.contract.js';
import { type EventStore } from './port.js';

/** An adapter with a log behind it, as the suite needs it. */
export interface OpenedStore {
  readonly store: EventStore;
  /** Opens the same log once more, as another process would. Absent if the log ends with the store. */
  readonly reopen?: () => Promise<EventStore>;
  /** Takes the server away and brings it back with its log. Absent if there is no server. */
  readonly outage?: { begin(): Promise<void>; end(): Promise<void> };
  /** Closes everything that was opened. */
  stop(): Promise<void>;
}

export type OpenStore = (clock: Clock) => Promise<OpenedStore>;

/** What a test works with. The log may hold other events, so a test keeps to its own category and to what follows `begin`. */
export interface Subject extends OpenedStore {
  readonly clock: VirtualClock;
  /** Category of this test's streams: unique. */
  readonly category: string;
  /** A stream of this test's category. */
  stream(id?: string): string;
}

/** Everything that the port promises, for one adapter. */
export function describeEventStore(name: string, open: OpenStore): void {
  describe(`event store: ${name}`, () => {
    let subject: Subject;
    beforeEach(async () => {
      const clock = new VirtualClock(Date.UTC(2026, 10, 23, 9));
      const category = `test${randomUUID().slice(0, 8)}`;
      subject = { ...(await open(clock)), clock, category, stream: (id = '1') => `${category}-${id}` };
    });
    afterEach(() => subject.stop());

    const current = (): Subject => subject;
    appendContract(current);
    concurrencyContract(current);
    modelContract(current);
    readContract(current);
    subscribeContract(current);
    registerContract(current);
    closeContract(current);
    outageContract(current);
  });
}
