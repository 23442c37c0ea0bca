/** What the actors did and were told, counted on their side: the report compares it with the event store. */
export class Tally {
  readonly counts = new Map<string, number>();
  /** From the request for a handover to its offers, ms of wall time. */
  readonly offerLatenciesMs: number[] = [];
  readonly handoverIds: string[] = [];
  readonly faults: string[] = [];

  count(what: string, by = 1): void {
    this.counts.set(what, this.of(what) + by);
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  fault(what: string): void {
    this.count('faults');
    if (this.faults.length < 20) this.faults.push(what);
  }
}
