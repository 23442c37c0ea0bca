import {
  type AgentAtWork,
  type Pool as CapacityPool,
  type WaitingCallback,
  evolvePool,
  projectCapacity,
} from '@handover/capacity';
import {
  type AppointmentConfirmed,
  type AppointmentMoved,
  type PoolSettings,
  type ShiftPlan,
  withDefaults,
} from '@handover/contracts';
import { type Instant, fromIso, localDate, minuteMs, toIso } from '@handover/kernel';
import { type Pool, type SlotCommand, decide, openPool } from '@handover/reservation';
import * as words from '@handover/words';
import { type Caller } from './caller.js';
import { type Centre, type Due, type Policy } from './centre.js';

const pool = 'bank';
const skills = ['talk'];
const timeZone = 'Etc/UTC';

/**
 * Exact slots, as the product decides them: capacity is projected from shifts, callbacks in hand and learned handle times
 * at every step of the grid, and the slot book promises against it. Callers take the first time that they are offered.
 */
export class ExactSlots implements Policy {
  private capacity: CapacityPool;
  private readonly book: Pool;

  constructor(
    slotMinutes: number,
    handleSeconds: number,
    private readonly opens: Instant,
    private readonly closes: Instant,
  ) {
    const settings: PoolSettings = {
      timeZone,
      slotMinutes,
      handleSeconds,
      callingHours: { from: '00:00', to: '00:00' },
    };
    this.capacity = { pool, settings: withDefaults(settings), handled: {}, loads: [] };
    this.book = openPool({ id: pool, entries: [], projections: [] }, words, opens).pool;
  }

  ask(caller: Caller, centre: Centre): Due | undefined {
    const { now } = centre.agenda;
    const occurredAt = toIso(now);
    const { id: handoverId } = caller;
    const request = {
      requestId: `request-${handoverId}`,
      handoverId,
      pool,
      skills,
      subjectId: handoverId,
      issueType: pool,
      urgency: 'normal' as const,
      language: 'en',
      timeZone,
      occurredAt,
    };
    this.decide({ type: 'slots.request', data: request }, centre);
    const offer = this.book.book.holds.get(handoverId)?.offers[0];
    if (!offer) return undefined;
    const { offerId } = offer;
    const data = { requestId: `confirm-${handoverId}`, handoverId, pool, offerId, occurredAt };
    const confirmed = this.decide({ type: 'slots.confirm', data }, centre);
    return confirmed && dueFor(confirmed);
  }

  learn(seconds: number, now: Instant): void {
    const data = { pool, issueType: pool, seconds: Math.max(1, Math.round(seconds)), occurredAt: toIso(now) };
    this.fold({ type: 'HandleTimeObserved', data: { ...data, callbackId: toIso(now) } });
  }

  /** Projects capacity now, and once each step of the grid. */
  project(centre: Centre): void {
    const { agenda } = centre;
    for (const event of projectCapacity(
      this.capacity,
      this.agentsOf(centre),
      agenda.now,
      this.waitingIn(centre),
    )) {
      this.fold(event);
      if (event.type === 'CapacityProjected')
        this.decide({ type: 'slots.apply-capacity', data: event.data }, centre);
    }
    const next = agenda.now + this.capacity.settings.slotMinutes * minuteMs;
    if (next < this.closes) agenda.at(next, () => this.project(centre));
  }

  private fold(event: { readonly type: string; readonly data: unknown }): void {
    this.capacity = evolvePool(this.capacity, event) ?? this.capacity;
  }

  /** Gives the appointment, if one was made; appointments that capacity moved are moved. */
  private decide(command: SlotCommand, centre: Centre): AppointmentConfirmed | undefined {
    let confirmed: AppointmentConfirmed | undefined;
    for (const { event } of decide(this.book, command, centre.agenda.now)) {
      if (event.type === 'AppointmentConfirmed') confirmed = event.data;
      if (event.type === 'AppointmentMoved') centre.move(event.data.handoverId, dueFor(event.data));
    }
    return confirmed;
  }

  private agentsOf({ conditions, busy }: Centre): AgentAtWork[] {
    return conditions.staff.map((stretches, index) => {
      const desk = busy.get(index);
      const appointment = desk && this.appointmentOf(desk.with.caller.id);
      return {
        agentId: `agent-${index}`,
        pool,
        skills,
        shifts: Object.fromEntries(stretches.map((span) => [String(span.from), shiftOf(span)])),
        live: { state: desk ? 'busy' : 'available', since: desk?.since ?? this.opens },
        callbacks:
          desk && appointment
            ? [
                {
                  callbackId: desk.with.caller.id,
                  start: appointment.start,
                  handleSeconds: appointment.terms.handleSeconds,
                  assignedAt: desk.since,
                },
              ]
            : [],
      };
    });
  }

  /** Callers who are due, and whom nobody has dialled. */
  private waitingIn({ waiting }: Centre): WaitingCallback[] {
    return waiting.flatMap(({ dials }) => (dials === 0 ? [{ skills }] : []));
  }

  private appointmentOf(handoverId: string) {
    const { book } = this.book;
    return book.appointments.get(book.byHandover.get(handoverId) ?? '');
  }
}

const dueFor = ({ start, end }: AppointmentConfirmed | AppointmentMoved): Due => {
  const span = { from: fromIso(start), until: fromIso(end) };
  return { promised: { ...span, expected: span }, dueAt: span.from };
};

const shiftOf = ({ from, until }: { from: Instant; until: Instant }): ShiftPlan => ({
  date: localDate(from, timeZone),
  from: toIso(from).slice(11, 16),
  to: toIso(until).slice(11, 16),
  timeZone,
});
