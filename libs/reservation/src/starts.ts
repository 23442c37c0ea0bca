import { type Instant, minuteMs } from '@handover/kernel';

const stretchMs = 5 * minuteMs;

/** Appointments by when they begin: those in progress are found without looking at the whole book. */
export class Starts {
  private readonly stretches = new Map<number, Set<string>>();
  private longestMs = 0;

  add(id: string, start: Instant, lastsMs: number): void {
    const stretch = Math.floor(start / stretchMs);
    const ids = this.stretches.get(stretch) ?? new Set();
    this.stretches.set(stretch, ids.add(id));
    this.longestMs = Math.max(this.longestMs, lastsMs);
  }

  remove(id: string, start: Instant): void {
    const stretch = Math.floor(start / stretchMs);
    const ids = this.stretches.get(stretch);
    if (ids?.delete(id) && ids.size === 0) this.stretches.delete(stretch);
  }

  /** All that are under way at some moment of `[from, to]`, and some that are not. */
  *around(from: Instant, to: Instant): Generator<string> {
    const last = Math.floor(to / stretchMs);
    for (let stretch = Math.floor((from - this.longestMs) / stretchMs); stretch <= last; stretch += 1)
      yield* this.stretches.get(stretch) ?? [];
  }
}
