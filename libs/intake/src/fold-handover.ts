import {
  type AppointmentEvent,
  type CallbackEvent,
  type DomainEvent,
  type HandoverEvent,
  type HandoverProgress,
  type HandoverRequested,
  type HandoverView,
  type SurveyEvent,
  type VersionedEvent,
  domainEvent,
  evolveProgress,
} from '@handover/contracts';
import { type Instant, fromIso, secondMs } from '@handover/kernel';
import { changesByReservation } from './fold-appointment.js';
import { changesByDialing } from './fold-callback.js';

type OfOneHandover = HandoverEvent | AppointmentEvent | CallbackEvent | SurveyEvent;

const isOfOneHandover = (event: DomainEvent | undefined): event is OfOneHandover =>
  event !== undefined && 'handoverId' in event.data;

const begun = (data: HandoverRequested): HandoverView => ({
  handoverId: data.handoverId,
  conversationId: data.conversationId,
  subjectId: data.subjectId,
  issueType: data.issue.type,
  language: data.language,
  timeZone: data.timeZone,
  urgency: data.urgency,
  routing: { pool: data.pool, skills: data.skills, rule: data.rule },
  completeness: data.completeness,
  status: 'requested',
  closed: false,
  offers: [],
  requestedAt: data.occurredAt,
  updatedAt: data.occurredAt,
});

/** What one event changes in the view, besides its status. */
function changes(view: HandoverView, event: OfOneHandover): Partial<HandoverView> {
  switch (event.type) {
    case 'ContextAmended':
      return { completeness: event.data.completeness, urgency: event.data.urgency ?? view.urgency };
    case 'HandoverSuperseded':
      return { supersededBy: event.data.supersededBy };
    case 'SurveyAnswered':
      return { surveyScore: event.data.score };
    default:
      return { ...changesByReservation(view, event), ...changesByDialing(view, event) };
  }
}

const progressOf = ({ status, closed, offers, appointment, callback }: HandoverView): HandoverProgress => ({
  status,
  closed,
  offerIds: offers.map(({ offerId }) => offerId),
  appointment: appointment?.state,
  missed: callback?.missed ?? false,
});

/** The view after one more event of its correlation, in log order; undefined until the handover was requested. */
export function evolveView(view: HandoverView | undefined, stored: VersionedEvent): HandoverView | undefined {
  const event = domainEvent(stored);
  if (!isOfOneHandover(event)) return view;
  if (event.type === 'HandoverRequested') return begun(event.data);
  if (!view) return undefined;
  const before = progressOf(view);
  const { status, closed, offerIds } = evolveProgress(before, event) ?? before;
  const next = { ...view, ...changes(view, event), updatedAt: event.data.occurredAt };
  const offers = next.offers.filter(({ offerId }) => offerIds.includes(offerId));
  const closedAt = closed ? (view.closedAt ?? event.data.occurredAt) : undefined;
  return { ...next, offers, status, closed, closedAt };
}

/** What became of a handover, from all events of its correlation in log order. Pure: the same events give the same view. */
export function foldHandover(events: Iterable<VersionedEvent>): HandoverView | undefined {
  let view: HandoverView | undefined;
  for (const event of events) view = evolveView(view, event);
  return view;
}

/** How long it was open, or has been so far, in whole seconds. */
export const ageSeconds = ({ requestedAt, closedAt }: HandoverView, now: Instant): number =>
  Math.max(0, Math.floor(((closedAt ? fromIso(closedAt) : now) - fromIso(requestedAt)) / secondMs));
