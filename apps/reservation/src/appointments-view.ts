import { type DatabaseSync } from 'node:sqlite';
import {
  type AppointmentConfirmed,
  type AppointmentMoved,
  type AppointmentStatus,
  domainEvent,
} from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';
import { type Projection, type StoredEvent } from '@handover/platform';

const schema = `
  CREATE TABLE appointment (
    appointment_id TEXT PRIMARY KEY,
    pool TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX appointment_by_start ON appointment (pool, start_ms, appointment_id);
`;

function apply(stored: StoredEvent, view: DatabaseSync): void {
  const event = domainEvent(stored);
  switch (event?.type) {
    case 'AppointmentConfirmed':
      return save(view, { ...placeOf(event.data), state: 'confirmed', confirmedAt: event.data.occurredAt });
    case 'AppointmentMoved':
      return change(view, event.data.appointmentId, (before) => ({
        ...before,
        ...placeOf(event.data),
        state: 'confirmed',
        movedFrom: before.movedFrom ?? event.data.fromStart,
      }));
    case 'AppointmentAtRisk':
      return change(view, event.data.appointmentId, (before) => ({ ...before, state: 'at-risk' }));
    case 'AppointmentSecured': {
      const { capacityVersion, group } = event.data;
      return change(view, event.data.appointmentId, (before) => ({
        ...before,
        state: 'confirmed',
        capacityVersion,
        group,
      }));
    }
    case 'AppointmentCancelled': {
      const { reason, supersededBy } = event.data;
      return change(view, event.data.appointmentId, (before) => ({
        ...before,
        state: 'cancelled',
        cancelReason: reason,
        supersededBy,
      }));
    }
  }
}

const placeOf = (of: AppointmentConfirmed | AppointmentMoved) => ({
  appointmentId: of.appointmentId,
  handoverId: of.handoverId,
  pool: of.pool,
  start: of.start,
  end: of.end,
  timeZone: of.timeZone,
  words: of.words,
  issueType: of.issueType,
  urgency: of.urgency,
  skills: of.skills,
  handleSeconds: of.handleSeconds,
  capacityVersion: of.capacityVersion,
  group: of.group,
});

function save(view: DatabaseSync, appointment: AppointmentStatus): void {
  const { appointmentId, pool, start, end } = appointment;
  view
    .prepare('INSERT OR REPLACE INTO appointment VALUES (?, ?, ?, ?, ?)')
    .run(appointmentId, pool, fromIso(start), fromIso(end), JSON.stringify(appointment));
}

function change(
  view: DatabaseSync,
  appointmentId: string,
  to: (before: AppointmentStatus) => AppointmentStatus,
): void {
  const before = appointmentIn(view, appointmentId);
  if (before) save(view, to(before));
}

const read = (row: Record<string, unknown>): AppointmentStatus => JSON.parse(String(row['json']));

export function appointmentIn(view: DatabaseSync, appointmentId: string): AppointmentStatus | undefined {
  const row = view.prepare('SELECT json FROM appointment WHERE appointment_id = ?').get(appointmentId);
  return row && read(row);
}

export interface AppointmentsQuery {
  readonly pool: string;
  /** Starts at or after this moment, and before that one. */
  readonly from: Instant;
  readonly to: Instant;
  /** Only what follows this start and id. */
  readonly after?: readonly [start: Instant, appointmentId: string];
  readonly limit: number;
}

/** Ordered by start, then id. */
export function appointmentsIn(view: DatabaseSync, query: AppointmentsQuery): AppointmentStatus[] {
  const [start, appointmentId] = query.after ?? [query.from, ''];
  return view
    .prepare(
      `SELECT json FROM appointment WHERE pool = ? AND start_ms >= ? AND start_ms < ?
         AND (start_ms, appointment_id) > (?, ?) ORDER BY start_ms, appointment_id LIMIT ?`,
    )
    .all(query.pool, query.from, query.to, start, appointmentId, query.limit)
    .map(read);
}

/** One row per appointment: where it stands now. */
export const appointmentsView: Projection = {
  name: 'appointments',
  version: 1,
  filter: { categories: ['slotbook'] },
  schema,
  apply,
};
