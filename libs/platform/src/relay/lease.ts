import { type Json } from '@handover/kernel';
import { type Wall } from '../clock/wall.js';
import { RevisionConflict } from '../event-store/faults.js';
import { type EventStore, type Position, type Register, type Revision } from '../event-store/port.js';
import { isGone, processIdentity } from './process-identity.js';

/** Another relay has taken over: stop at once, what follows is its to publish. */
export class Deposed extends Error {
  override readonly name = 'Deposed';
}

/** How long a lease holds after its last renewal. */
export const leaseMs = 3_000;

/**
 * The holder stops using its lease this long before others may take it: the clocks of two machines may differ by
 * less than this, and a message on its way to the broker needs to arrive.
 */
const marginMs = 1_000;

/** The register that holds a relay's lease and checkpoint. */
export const leaseOf = (service: string): string => `relay-${service}`;

interface LeaseRecord {
  /** The relay that may publish; null: nobody. */
  readonly holder: string | null;
  /** The process it runs in: if that is gone, nobody has to wait for the lease to expire. */
  readonly process: string | null;
  /** Wall time, ms since 1970. */
  readonly expiresAt: number;
  /** All events up to here are acknowledged by the broker. */
  readonly position: Position | null;
}

/**
 * Who may publish, and from where on: lease and checkpoint are one register of the event store, so that a checkpoint is
 * also a renewal, and neither can be written by a relay that has been deposed (compare-and-set on the revision).
 */
export class Lease {
  private revision: Revision | 'none' = 'none';
  private position: Position | null = null;
  /** When our last renewal began; undefined: we hold nothing. */
  private renewed: { readonly wallMs: number; readonly elapsedMs: number } | undefined;
  /** The register as it was when we last saw it change. */
  private seen: { readonly revision: Revision | undefined; readonly elapsedMs: number } | undefined;
  private readonly process = processIdentity() ?? null;

  constructor(
    private readonly store: EventStore,
    private readonly register: string,
    /** Unique to one relay: two of them never have the same. */
    private readonly holder: string,
    private readonly wall: Wall,
  ) {}

  /** Position up to which all is published, if the lease could be taken; `held` if another holds it. */
  async take(): Promise<{ readonly after: Position | undefined } | 'held'> {
    const found = await this.store.readRegister(this.register);
    const record = read(found);
    if (this.isHeldByAnother(record, found?.revision)) return 'held';
    this.revision = found?.revision ?? 'none';
    this.position = record.position;
    try {
      await this.write(this.holder);
    } catch (fault) {
      if (fault instanceof RevisionConflict) return 'held';
      throw fault;
    }
    return { after: this.position ?? undefined };
  }

  /** True while nobody else can have taken over. */
  usable(): boolean {
    return this.ageMs() < leaseMs - marginMs;
  }

  /** Time since the last renewal. The longer one counts: someone may set the clock back, or suspend the machine. */
  ageMs(): number {
    if (!this.renewed) return Infinity;
    const { wallMs, elapsedMs } = this.renewed;
    return Math.max(this.wall.now() - wallMs, this.wall.elapsed() - elapsedMs);
  }

  /** Renews, and notes how far all is published. @throws Deposed if another has taken over */
  async renew(position: Position | undefined): Promise<void> {
    this.position = position ?? this.position;
    await this.writeAsHolder(this.holder);
  }

  /** Lets another take over at once. */
  async release(position: Position | undefined): Promise<void> {
    this.position = position ?? this.position;
    await this.writeAsHolder(null);
    this.renewed = undefined;
  }

  private isHeldByAnother(
    { holder, process, expiresAt }: LeaseRecord,
    revision: Revision | undefined,
  ): boolean {
    if (holder === null || holder === this.holder) return false;
    return expiresAt > this.wall.now() && !this.standsStill(revision) && !isGone(process ?? undefined);
  }

  /** A lease that nobody renews has expired, also if its holder's clock was ahead of ours. */
  private standsStill(revision: Revision | undefined): boolean {
    const elapsedMs = this.wall.elapsed();
    if (!this.seen || this.seen.revision !== revision) this.seen = { revision, elapsedMs };
    return elapsedMs - this.seen.elapsedMs > leaseMs + marginMs;
  }

  /** An earlier write whose answer was lost leaves our own name at a newer revision: go on from there. */
  private async writeAsHolder(holder: string | null): Promise<void> {
    try {
      await this.write(holder);
    } catch (fault) {
      if (!(fault instanceof RevisionConflict)) throw fault;
      const found = await this.store.readRegister(this.register);
      if (!found || read(found).holder !== this.holder) {
        this.renewed = undefined;
        throw new Deposed(`Relay ${this.holder} has been deposed.`);
      }
      this.revision = found.revision;
      await this.write(holder);
    }
  }

  private async write(holder: string | null): Promise<void> {
    const begun = { wallMs: this.wall.now(), elapsedMs: this.wall.elapsed() };
    const { process } = this;
    const expiresAt = begun.wallMs + leaseMs;
    const record: LeaseRecord = { holder, process, expiresAt, position: this.position };
    this.revision = await this.store.writeRegister(this.register, record as unknown as Json, this.revision);
    this.renewed = begun;
  }
}

const read = (register: Register | undefined): LeaseRecord =>
  (register?.value as unknown as LeaseRecord | undefined) ?? {
    holder: null,
    process: null,
    expiresAt: 0,
    position: null,
  };

/** The relay of a service that may publish now, as the lease says; undefined if none has it. */
export async function leaseHolder(
  store: EventStore,
  service: string,
  now: number,
): Promise<string | undefined> {
  const { holder, expiresAt } = read(await store.readRegister(leaseOf(service)));
  return holder !== null && expiresAt > now ? holder : undefined;
}
