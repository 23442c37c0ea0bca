import {
  type AppointmentConfirmed,
  type AppointmentMoved,
  type AppointmentSecured,
  type OffersHeld,
  type SlotTerms,
} from '@handover/contracts';
import { type Instant, fromIso, secondMs, toIso } from '@handover/kernel';
import { AuditedCapacity } from './capacity.js';
import { Ledger } from './ledger.js';
import { Fates } from './fates.js';
import { refusalsIn } from './refusals.js';
import { type AuditedEvent, type Promised, type Rule, type SlotAudit, type Violation } from './report.js';

/**
 * Replays the events of one pool, in the order of the log, and tells what was promised, what became of it, and which
 * rules were broken. It shares no code with the engine and the slot book: see docs/matching.md for the rules.
 * @param asOf the moment to judge from; default: when the last event occurred
 */
export function auditSlots(events: readonly AuditedEvent[], asOf = lastMoment(events)): SlotAudit {
  const audit = new Audit(events);
  for (const event of events) audit.read(event);
  return audit.report(asOf);
}

const lastMoment = (events: readonly AuditedEvent[]): Instant =>
  Math.max(0, ...events.slice(-1_000).map((event) => fromIso(event.data.occurredAt)));

class Audit {
  private readonly capacity: AuditedCapacity;
  private readonly ledger: Ledger;
  private readonly fates = new Fates();
  private readonly holdUntil = new Map<string, Instant>();
  /** Appointments at risk, as they were promised: they come back when secured. */
  private readonly suspended = new Map<string, Promised>();
  private readonly violations: Violation[] = [];
  private readonly offers = { held: 0, expired: 0, released: 0 };
  /** Cells that a newer capacity made smaller: the next promise is answerable for them too. */
  private readonly cellsDue = new Set<Instant>();

  constructor(private readonly events: readonly AuditedEvent[]) {
    this.capacity = new AuditedCapacity(
      events.flatMap((event) => (event.type === 'CapacityProjected' ? [event.data] : [])),
    );
    this.ledger = new Ledger(this.capacity);
  }

  read(event: AuditedEvent): void {
    switch (event.type) {
      case 'OffersHeld':
        return this.hold(event.data);
      case 'OfferReleased':
        this.offers.released += event.data.offerIds.length;
        return this.end(event.data.offerIds);
      case 'HoldExpired':
        this.offers.expired += event.data.offerIds.length;
        return this.end(event.data.offerIds);
      case 'AppointmentConfirmed':
        return this.confirm(event.data);
      case 'AppointmentMoved':
        return this.move(event.data);
      case 'AppointmentSecured':
        return this.secure(event.data);
      case 'AppointmentAtRisk': {
        const { appointmentId, capacityVersion, occurredAt } = event.data;
        this.see(capacityVersion, occurredAt, `${event.type} ${appointmentId}`);
        this.fates.flag(appointmentId, fromIso(occurredAt));
        return this.suspend(appointmentId);
      }
      case 'AppointmentCancelled':
        this.fates.cancel(event.data.appointmentId);
        this.suspended.delete(event.data.appointmentId);
        return this.ledger.remove(event.data.appointmentId);
      case 'AttemptStarted':
        return this.fates.dial(event.data.callbackId, fromIso(event.data.occurredAt));
      default:
        return;
    }
  }

  report(asOf: Instant): SlotAudit {
    const capacityVersion = this.capacity.version;
    return {
      asOf: toIso(asOf),
      events: this.events.length,
      capacityVersion,
      projectedVersion: this.capacity.newest,
      appointments: this.fates.sum(asOf),
      offers: this.offers,
      refusals: refusalsIn(this.events),
      cells: this.ledger.loads(),
      unanswered: this.unanswered(asOf),
      violations: this.violations,
    };
  }

  private hold(held: OffersHeld): void {
    for (const offer of held.offers) {
      const by = `OffersHeld ${offer.offerId}`;
      this.offers.held += 1;
      this.holdUntil.set(offer.offerId, fromIso(held.holdUntil));
      this.promise(promisedBy(offer.offerId, held, offer.start), { ...held, group: offer.group, by });
    }
  }

  private end(offerIds: readonly string[]): void {
    for (const offerId of offerIds) {
      this.holdUntil.delete(offerId);
      this.ledger.remove(offerId);
    }
  }

  private confirm(confirmed: AppointmentConfirmed): void {
    const { appointmentId, offerId, handoverId, occurredAt, supersedes } = confirmed;
    const by = `AppointmentConfirmed ${appointmentId}`;
    const until = this.holdUntil.get(offerId);
    if (until === undefined || until <= fromIso(occurredAt))
      this.note(
        'was-held',
        occurredAt,
        by,
        until === undefined ? 'The offer was not held.' : 'The hold was past its time.',
      );
    const other = this.fates.liveOf(handoverId, fromIso(occurredAt));
    if (other !== undefined && other !== supersedes)
      this.note('one-appointment', occurredAt, by, `The handover already has appointment ${other}.`);
    this.end([offerId]);
    this.fates.confirm(confirmed);
    this.promise(promisedBy(appointmentId, confirmed, confirmed.start), { ...confirmed, by });
  }

  private move(moved: AppointmentMoved): void {
    this.fates.move(moved);
    this.suspended.delete(moved.appointmentId);
    const promised = promisedBy(moved.appointmentId, moved, moved.start);
    this.promise(promised, { ...moved, by: `AppointmentMoved ${moved.appointmentId}` });
  }

  private secure(secured: AppointmentSecured): void {
    const promised = this.suspended.get(secured.appointmentId);
    if (!promised) return;
    this.fates.secure(secured.appointmentId);
    this.suspended.delete(secured.appointmentId);
    this.promise(promised, { ...secured, by: `AppointmentSecured ${secured.appointmentId}` });
  }

  private suspend(appointmentId: string): void {
    const promised = this.ledger.get(appointmentId);
    if (!promised) return;
    this.suspended.set(appointmentId, promised);
    this.ledger.remove(appointmentId);
  }

  /** A new promise: it stands beside all others, or is a violation. */
  private promise(promised: Promised, { capacityVersion, group, occurredAt, by }: Proof): void {
    this.see(capacityVersion, occurredAt, by);
    this.ledger.add(promised);
    if (!this.capacity.couldServe(group, promised))
      this.note(
        'group-serves',
        occurredAt,
        by,
        `Group ${group} could not carry it in capacity ${capacityVersion}.`,
      );
    const now = fromIso(occurredAt);
    const cells = new Set([...this.cellsDue, ...this.capacity.cellsOf(promised)]);
    this.cellsDue.clear();
    for (const cell of cells) {
      const unserved = this.ledger.unserved(cell, now);
      if (unserved > 0)
        this.note('fits-capacity', occurredAt, by, `${unserved} too many in the cell from ${toIso(cell)}.`);
    }
  }

  /** The books have seen this capacity. */
  private see(version: number, at: string, by: string): void {
    if (version === this.capacity.version) return;
    if (version < this.capacity.version)
      return this.note(
        'current-capacity',
        at,
        by,
        `Capacity ${this.capacity.version} was known, ${version} is named.`,
      );
    if (!this.capacity.advanceTo(version))
      this.note(
        'current-capacity',
        at,
        by,
        `Capacity ${version} is not among the events, or not from a full one on.`,
      );
    this.ledger.regrid(fromIso(at));
    for (const cell of this.capacity.shrunkCells(fromIso(at))) this.cellsDue.add(cell);
  }

  /** By the newest projection, at least this many promises of some cell have to give way yet. */
  private unanswered(asOf: Instant): number {
    if (this.capacity.newest > this.capacity.version) {
      this.capacity.advanceTo(this.capacity.newest);
      this.ledger.regrid(asOf);
    }
    return Math.max(0, ...this.ledger.cellsFrom(asOf).map((cell) => this.ledger.unserved(cell, asOf)));
  }

  private note(rule: Rule, at: string, by: string, why: string): void {
    this.violations.push({ rule, at, by, why });
  }
}

interface Proof {
  readonly capacityVersion: number;
  readonly group: string;
  readonly occurredAt: string;
  readonly by: string;
}

const promisedBy = (id: string, terms: SlotTerms, start: string): Promised => ({
  id,
  handoverId: terms.handoverId,
  skills: terms.skills,
  start: fromIso(start),
  end: fromIso(start) + terms.handleSeconds * secondMs,
});
