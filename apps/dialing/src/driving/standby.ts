import { type Instant, idFrom, secondMs } from '@handover/kernel';

/** A process that has not been given commands of the pool lets others go first by one to two of these (domain time). */
const standbyMs = secondMs;

/** What this process does at once, and what it leaves to others first. */
export class Standby {
  private readonly homePools = new Set<string>();
  /** Until when something is left to other processes. */
  private readonly until = new Map<string, Instant>();

  constructor(private readonly instance: string) {}

  /** Commands of this pool come to this process: it need not let others go first. */
  isHomeOf(pool: string): void {
    this.homePools.add(pool);
  }

  /** From when on to act: each process at its own time, so that one of them acts and the others see it. */
  actAt(what: string, pool: string, now: Instant): Instant {
    if (this.homePools.has(pool)) return now;
    const share = Number.parseInt(idFrom(this.instance, what).slice(0, 8), 16) / 2 ** 32;
    const until = this.until.get(what) ?? now + Math.round(standbyMs * (1 + share));
    if (until > now) this.until.set(what, until);
    else this.until.delete(what);
    return until;
  }

  /** It was done, by whomever: the next of its kind is waited for anew. */
  done(what: string): void {
    this.until.delete(what);
  }
}
