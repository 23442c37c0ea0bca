import { BusUnavailable } from '../faults.js';
import { type Bus, type BusConsumer, type LoggedMessage } from '../port.js';
import { Ledger } from './ledger.js';

interface Waiter {
  readonly isOver: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Keeps a ledger up to date with its dead-letter topic. */
export class LedgerWatch {
  readonly ledger = new Ledger();
  private readonly folded = new Map<number, number>();
  private readonly waiters = new Set<Waiter>();
  private readonly consumer: BusConsumer;
  private closed = false;

  /** @param changed called after each record */
  constructor(bus: Bus, group: string, topic: string, changed: (record: LoggedMessage) => void) {
    this.consumer = bus.subscribe({
      group: `${group}.dead-letters`,
      topics: [topic],
      ephemeral: true,
      maxInFlight: 1,
      handler: async (record) => {
        this.ledger.fold(record);
        this.folded.set(record.partition, Number(record.offset) + 1);
        changed(record);
        for (const { isOver, resolve } of this.waiters) if (isOver()) resolve();
      },
    });
  }

  /** Resolves when everything of the partition before `end` is in the ledger, or when `signal` fires. */
  reached(partition: number, end: number, signal: AbortSignal): Promise<void> {
    return this.until(() => (this.folded.get(partition) ?? 0) >= end, signal);
  }

  /**
   * Resolves when the condition holds after some record, or when `signal` fires.
   * @throws BusUnavailable if the watch is closed before that
   */
  async until(isOver: () => boolean, signal: AbortSignal): Promise<void> {
    if (isOver() || signal.aborted) return;
    if (this.closed) throw closed();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { isOver, resolve: () => resolve(), reject };
    this.waiters.add(waiter);
    signal.addEventListener('abort', waiter.resolve);
    try {
      await promise;
    } finally {
      this.waiters.delete(waiter);
      signal.removeEventListener('abort', waiter.resolve);
    }
  }

  close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiters) reject(closed());
    return this.consumer.stop();
  }
}

const closed = (): BusUnavailable => new BusUnavailable('The dead letters are followed no longer.');
