import { type CancelTimer, type Clock, type Instant } from '@handover/kernel';

/** How long to wait, in wall time, after a look that failed: a store or exchange that is away is asked again. */
const afterFaultMs = 500;

/**
 * Who is looked at when. One look at a time for each callback; a look that is asked for during another follows it. The
 * look itself says when the next one is due.
 */
export class Turns {
  private readonly timers = new Map<string, CancelTimer>();
  private readonly looking = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly look: (callbackId: string) => Promise<Instant | undefined>,
    private readonly onFault: (callbackId: string, fault: unknown) => void,
  ) {}

  /** Looks at once. */
  now(callbackId: string): void {
    if (this.stopped) return;
    if (this.looking.has(callbackId)) return void this.again.add(callbackId);
    this.cancel(callbackId);
    const turn = this.turn(callbackId).finally(() => {
      this.looking.delete(callbackId);
      if (this.again.delete(callbackId)) this.now(callbackId);
    });
    this.looking.set(callbackId, turn);
  }

  /** No look is planned any more, and those that run are over. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const callbackId of [...this.timers.keys()]) this.cancel(callbackId);
    await Promise.all(this.looking.values());
  }

  /** True while a look is running. */
  get busy(): boolean {
    return this.looking.size > 0;
  }

  private async turn(callbackId: string): Promise<void> {
    try {
      const next = await this.look(callbackId);
      if (next === undefined || this.stopped) return;
      const timer = this.clock.at(next, () => this.now(callbackId));
      this.timers.set(callbackId, timer);
    } catch (fault) {
      this.onFault(callbackId, fault);
      if (this.stopped) return;
      const timer = setTimeout(() => this.now(callbackId), afterFaultMs);
      this.timers.set(callbackId, () => clearTimeout(timer));
    }
  }

  private cancel(callbackId: string): void {
    this.timers.get(callbackId)?.();
    this.timers.delete(callbackId);
  }
}
