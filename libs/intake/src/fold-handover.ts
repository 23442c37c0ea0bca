import {
  type AppointmentEvent,
  type CallbackEvent,
  type DomainEvent,
  type HandoverEvent,
  type HandoverRequested,
  type HandoverStatus,
  type HandoverView,
  type SurveyEvent,
  domainEvent,
} from '@handover/contracts';
import { type Instant, fromIso, secondMs } from '@handover/kernel';
import { changesByReservation } from './fold-appointment.js';
import { changesByDialing } from './fold-callback.js';
import { restingStatus } from './resting-status.js';

type OfOneHandover = HandoverEvent | AppointmentEvent | CallbackEvent | SurveyEvent;

const isOfOneHandover = (event: DomainEvent | undefined): event is OfOneHandover =>
  event !== undefined && 'handoverId' in event.data;

/** No later event takes these back; only a callback that was held after all completes. */
const final: readonly HandoverStatus[] = ['completed', 'withdrawn', 'superseded'];
const closed: readonly HandoverStatus[] = [...final, 'declined'];

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

/** What one event changes in the view. */
function changes(view: HandoverView, event: OfOneHandover): Partial<HandoverView> {
  switch (event.type) {
    case 'ContextAmended':
      return { completeness: event.data.completeness, urgency: event.data.urgency ?? view.urgency };
    case 'OffersDeclined':
      return { offers: [], status: restingStatus({ ...view, offers: [] }, 'declined') };
    case 'HandoverWithdrawn':
      return { offers: [], status: 'withdrawn' };
    case 'HandoverSuperseded':
      return { offers: [], status: 'superseded', supersededBy: event.data.supersededBy };
    case 'SurveyAnswered':
      return { surveyScore: event.data.score };
    default:
      return { ...changesByReservation(view, event), ...changesByDialing(view, event) };
  }
}

/** The view after one more event of its correlation, in log order; undefined until the handover was requested. */
export function evolveView(
  view: HandoverView | undefined,
  stored: { readonly type: string; readonly data: unknown },
): HandoverView | undefined {
  const event = domainEvent(stored);
  if (!isOfOneHandover(event)) return view;
  if (event.type === 'HandoverRequested') return begun(event.data);
  if (!view) return undefined;
  const next = { ...view, ...changes(view, event), updatedAt: event.data.occurredAt };
  const status =
    final.includes(view.status) && event.type !== 'CallbackCompleted' ? view.status : next.status;
  const isClosed = closed.includes(status);
  const closedAt = isClosed ? (view.closedAt ?? event.data.occurredAt) : undefined;
  return { ...next, status, closed: isClosed, closedAt };
}

/** What became of a handover, from all events of its correlation in log order. Pure: the same events give the same view. */
export function foldHandover(
  events: Iterable<{ readonly type: string; readonly data: unknown }>,
): HandoverView | undefined {
  let view: HandoverView | undefined;
  for (const event of events) view = evolveView(view, event);
  return view;
}

/** How long it was open, or has been so far, in whole seconds. */
export const ageSeconds = ({ requestedAt, closedAt }: HandoverView, now: Instant): number =>
  Math.max(0, Math.floor(((closedAt ? fromIso(closedAt) : now) - fromIso(requestedAt)) / secondMs));
