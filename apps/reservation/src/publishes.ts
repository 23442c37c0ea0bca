import {
  type AppointmentCancelled,
  type AppointmentConfirmed,
  type AppointmentMoved,
  type CancelCallback,
  type RescheduleCallback,
  type ScheduleCallback,
  domainEvent,
  topics,
} from '@handover/contracts';
import { type Outgoing, type StoredEvent } from '@handover/platform';

/** What the slot book says to others: every event by handover, and to dialing, by pool, whom to call when. */
export function publishes(stored: StoredEvent): readonly Outgoing[] {
  const event = domainEvent(stored);
  if (!event || event.type === 'BookOpened' || !('handoverId' in event.data)) return [];
  const published: Outgoing = {
    topic: topics.appointmentEvents,
    key: event.data.handoverId,
    type: event.type,
    data: event.data,
  };
  switch (event.type) {
    case 'AppointmentConfirmed':
      return [published, toDialing('callbacks.schedule', event.data.pool, schedule(event.data))];
    case 'AppointmentMoved':
      return [published, toDialing('callbacks.reschedule', event.data.pool, reschedule(event.data))];
    case 'AppointmentCancelled':
      return [published, toDialing('callbacks.cancel', event.data.pool, cancel(event.data))];
    default:
      return [published];
  }
}

const toDialing = (type: string, pool: string, data: object): Outgoing => ({
  topic: topics.callbackCommands,
  key: pool,
  type,
  data,
});

const schedule = (of: AppointmentConfirmed): ScheduleCallback => ({
  callbackId: of.appointmentId,
  handoverId: of.handoverId,
  pool: of.pool,
  skills: of.skills,
  subjectId: of.subjectId,
  issueType: of.issueType,
  language: of.language,
  timeZone: of.timeZone,
  country: of.country,
  start: of.start,
  end: of.end,
  handleSeconds: of.handleSeconds,
  occurredAt: of.occurredAt,
});

const reschedule = (of: AppointmentMoved): RescheduleCallback => ({
  callbackId: of.appointmentId,
  handoverId: of.handoverId,
  pool: of.pool,
  start: of.start,
  end: of.end,
  occurredAt: of.occurredAt,
});

const cancel = (of: AppointmentCancelled): CancelCallback => ({
  callbackId: of.appointmentId,
  handoverId: of.handoverId,
  pool: of.pool,
  reason: of.reason,
  occurredAt: of.occurredAt,
});
