import { type AppointmentEvent, type CapacityProjected, type SlotTerms } from '@handover/contracts';
import { type Instant, fromIso, minuteMs, secondMs } from '@handover/kernel';
import { type Entry } from '../slot-book.js';

// An independent reading of the log: it shares no code with the book, the engine or the decisions.

interface Promised {
  readonly id: string;
  /** The request that made the offer. */
  readonly set?: string;
  readonly handoverId: string;
  readonly subject: string;
  readonly skills: readonly string[];
  readonly start: Instant;
  readonly seconds: number;
}

/** What the log says: offers that are held and appointments that stand. */
export interface Standing {
  readonly holds: readonly Promised[];
  readonly appointments: readonly Promised[];
  readonly atRisk: ReadonlySet<string>;
  /** Sentences about what must never be in a log. */
  readonly faults: readonly string[];
}

const promisedBy = (id: string, terms: SlotTerms, start: string): Promised => ({
  id,
  handoverId: terms.handoverId,
  subject: `${terms.subjectId}/${terms.issueType}`,
  skills: terms.skills,
  start: fromIso(start),
  seconds: terms.handleSeconds,
});

/** Reads the whole log and notes every breach of the rules about single events. */
export function readLog(log: readonly Pick<Entry, 'event'>[]): Standing {
  const holds = new Map<string, Promised & { readonly until: Instant }>();
  const appointments = new Map<string, Promised>();
  const atRisk = new Set<string>();
  /** The appointment of each offer that became one. */
  const confirmed = new Map<string, string>();
  const faults: string[] = [];
  const read = (event: AppointmentEvent): void => {
    switch (event.type) {
      case 'OffersHeld':
        for (const { offerId, start } of event.data.offers) {
          if (holds.has(offerId)) faults.push(`${offerId} is held twice`);
          holds.set(offerId, {
            ...promisedBy(offerId, event.data, start),
            set: event.data.requestId,
            until: fromIso(event.data.holdUntil),
          });
        }
        return;
      case 'OfferReleased':
      case 'HoldExpired':
        for (const id of event.data.offerIds)
          if (!holds.delete(id)) faults.push(`${id} ends (${event.type}) but is not held`);
        return;
      case 'AppointmentConfirmed': {
        const { offerId, appointmentId, start, occurredAt } = event.data;
        const hold = holds.get(offerId);
        if (!hold) faults.push(`${offerId} is confirmed but is not held`);
        else if (hold.until <= fromIso(occurredAt)) faults.push(`${offerId} is confirmed after it expired`);
        if (hold && hold.start !== fromIso(start)) faults.push(`${offerId} is confirmed at another time`);
        if (confirmed.has(offerId)) faults.push(`${offerId} is confirmed twice`);
        if (fromIso(start) <= fromIso(occurredAt)) faults.push(`${offerId} is confirmed when it has begun`);
        confirmed.set(offerId, appointmentId);
        holds.delete(offerId);
        appointments.set(appointmentId, promisedBy(appointmentId, event.data, start));
        return;
      }
      case 'AppointmentMoved':
        if (!atRisk.delete(event.data.appointmentId))
          faults.push(`${event.data.appointmentId} is moved but is not at risk`);
        appointments.set(
          event.data.appointmentId,
          promisedBy(event.data.appointmentId, event.data, event.data.start),
        );
        return;
      case 'AppointmentAtRisk':
        if (atRisk.has(event.data.appointmentId)) faults.push(`${event.data.appointmentId} is at risk twice`);
        atRisk.add(event.data.appointmentId);
        return;
      case 'AppointmentSecured':
        if (!atRisk.delete(event.data.appointmentId))
          faults.push(`${event.data.appointmentId} is secured but is not at risk`);
        return;
      case 'AppointmentCancelled':
        if (!appointments.delete(event.data.appointmentId))
          faults.push(`${event.data.appointmentId} is cancelled but does not stand`);
        atRisk.delete(event.data.appointmentId);
        return;
      case 'ConfirmationRefused': {
        const { handoverId, offerId, refused, offers } = event.data;
        if (refused === 'hold-expired' && appointments.has(confirmed.get(offerId) ?? ''))
          faults.push(`${offerId} is refused but is an appointment`);
        for (const fresh of offers)
          if (holds.get(fresh.offerId)?.handoverId !== handoverId)
            faults.push(`${fresh.offerId} is offered to ${handoverId}, who does not hold it`);
        return;
      }
      case 'NoSlotFound':
        return;
    }
  };
  for (const { event } of log) read(event);
  return { holds: [...holds.values()], appointments: [...appointments.values()], atRisk, faults };
}

/** The rules about everything that stands at one moment; an empty list if all hold. */
export function breaches(
  { holds, appointments, atRisk, faults }: Standing,
  capacity: readonly CapacityProjected[],
  now: Instant,
): readonly string[] {
  const twice = (what: string, keys: readonly string[]): string[] =>
    keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} has ${what} twice`);
  const ahead = appointments.filter(({ start }) => start > now);
  const starts = holds.map(({ handoverId, start }) => `${handoverId}@${start}`);
  const sets = new Map(holds.map(({ set, subject }) => [set, subject]));
  return [
    ...faults,
    ...twice(
      'an appointment',
      appointments.map(({ handoverId }) => handoverId),
    ),
    ...twice(
      'an appointment ahead',
      ahead.map(({ subject }) => subject),
    ),
    ...twice('one offered time', starts),
    ...twice('a set of offers', [...sets.values()]),
    ...(fits([...holds, ...ahead.filter(({ id }) => !atRisk.has(id))], capacity)
      ? []
      : ['what is promised does not fit the capacity']),
  ];
}

/** Tries every assignment of promises to groups until one fits. */
export function fits(promised: readonly Promised[], capacity: readonly CapacityProjected[]): boolean {
  const { places, skills } = openPlaces(capacity);
  const slotMs = (capacity.at(-1)?.settings.slotMinutes ?? 5) * minuteMs;
  const cellsOf = ({ start, seconds }: Promised): number[] => {
    const cells: number[] = [];
    const end = start + seconds * secondMs;
    for (let cell = Math.floor(start / slotMs); cell * slotMs < end; cell += 1) cells.push(cell);
    return cells;
  };
  const assign = (index: number): boolean => {
    const next = promised[index];
    if (!next) return true;
    return [...skills]
      .filter(([, has]) => next.skills.every((skill) => has.includes(skill)))
      .some(([group]) => {
        const keys = cellsOf(next).map((cell) => `${group} ${cell}`);
        if (keys.some((key) => (places.get(key) ?? 0) < 1)) return false;
        for (const key of keys) places.set(key, (places.get(key) ?? 0) - 1);
        if (assign(index + 1)) return true;
        for (const key of keys) places.set(key, (places.get(key) ?? 0) + 1);
        return false;
      });
  };
  return assign(0);
}

/** Places by group and cell, after all projections. */
function openPlaces(capacity: readonly CapacityProjected[]) {
  const places = new Map<string, number>();
  const skills = new Map<string, readonly string[]>();
  for (const { full, rows, settings } of capacity) {
    const slotMs = (settings.slotMinutes ?? 5) * minuteMs;
    if (full) places.clear();
    for (const { group, skills: has, from, cells } of rows) {
      skills.set(group, has);
      for (const key of [...places.keys()]) if (key.startsWith(`${group} `)) places.delete(key);
      const first = fromIso(from) / slotMs;
      for (const [index, free] of cells.entries()) places.set(`${group} ${first + index}`, free);
    }
  }
  return { places, skills };
}
