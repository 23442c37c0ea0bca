import { type CallbackCompleted, streams } from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';
import { type Acknowledged } from './acknowledged.js';
import { type Logged, ofType } from './log.js';

/** What was acknowledged and is not in the log; and questions in the log that nobody answered. A line for each. */
export const lost = (log: readonly Logged[], acknowledged: readonly Acknowledged[]): readonly string[] => [
  ...forgotten(log, acknowledged),
  ...unanswered(log),
];

/** Each kind of change, and the event that must bear it out: its type and the ids that name it. */
function borneOutBy({ method, path, status, asked, answered }: Acknowledged): readonly string[] {
  const [, , entity, id = '', what] = path.split('/');
  const appointment = answered['appointment'] as { readonly appointmentId?: string } | undefined;
  switch (`${method} ${entity}/${what ?? ''}`) {
    case 'POST handovers/':
      return [`HandoverRequested ${String(answered['handoverId'])}`];
    case 'POST handovers/appointment':
      return [
        `OfferAccepted ${id} ${String(asked['offerId'])}`,
        ...(status === 201 ? [`AppointmentConfirmed ${id} ${appointment?.appointmentId}`] : []),
      ];
    case 'POST handovers/decline':
      return [`OffersDeclined ${id}`];
    case 'DELETE handovers/appointment':
      return [`HandoverWithdrawn ${id}`];
    case 'POST callbacks/acknowledgement':
      return [`BriefingAcknowledged ${id} ${String(asked['agentId'])}`];
    case 'POST callbacks/disposition':
      return [`CallbackCompleted ${id}`];
    case 'PUT agents/state':
      return [`AgentStateChanged ${id} ${String(asked['state'])}`];
    default:
      return [];
  }
}

function nameOf({ type, data }: Logged): string {
  switch (type) {
    case 'HandoverRequested':
    case 'OffersDeclined':
    case 'HandoverWithdrawn':
      return `${type} ${data.handoverId}`;
    case 'OfferAccepted':
      return `${type} ${data.handoverId} ${data.offerId}`;
    case 'AppointmentConfirmed':
      return `${type} ${data.handoverId} ${data.appointmentId}`;
    case 'BriefingAcknowledged':
      return `${type} ${data.callbackId} ${data.agentId}`;
    case 'CallbackCompleted':
      return `${type} ${data.callbackId}`;
    case 'AgentStateChanged':
      return `${type} ${data.agentId} ${data.state}`;
    default:
      return type;
  }
}

function forgotten(log: readonly Logged[], acknowledged: readonly Acknowledged[]): readonly string[] {
  const stored = new Set(log.map(nameOf));
  return acknowledged
    .flatMap(borneOutBy)
    .filter((name) => !stored.has(name))
    .map((name) => `Acknowledged, but not stored: ${name}`);
}

/** What is still under way: empty once all traffic has drained. */
export function unanswered(log: readonly Logged[]): readonly string[] {
  const answers = new Set(
    [
      ...ofType(log, 'OffersHeld'),
      ...ofType(log, 'NoSlotFound'),
      ...ofType(log, 'AppointmentConfirmed'),
      ...ofType(log, 'ConfirmationRefused'),
    ].map(({ data }) => data.requestId),
  );
  const scheduled = new Set(ofType(log, 'CallbackScheduled').map(({ data }) => data.callbackId));
  const ended = new Set(
    [...ofType(log, 'CallbackCompleted'), ...ofType(log, 'CallbackCancelled')].map(
      ({ data }) => data.callbackId,
    ),
  );
  const surveyed = new Set(ofType(log, 'SurveyRequested').map(({ data }) => data.callbackId));
  const settled = new Set([
    ...ofType(log, 'OfferReleased').flatMap(({ data }) => data.offerIds),
    ...ofType(log, 'HoldExpired').flatMap(({ data }) => data.offerIds),
    ...ofType(log, 'AppointmentConfirmed').map(({ data }) => data.offerId),
  ]);
  return [
    ...[...ofType(log, 'HandoverRequested'), ...ofType(log, 'OfferAccepted')]
      .filter(({ id }) => !answers.has(id))
      .map(({ type, data }) => `No answer to ${type} of handover ${data.handoverId}`),
    ...[...ofType(log, 'OffersHeld'), ...ofType(log, 'ConfirmationRefused')]
      .flatMap(({ data }) => data.offers)
      .filter(({ offerId }) => !settled.has(offerId))
      .map(({ offerId }) => `Offer ${offerId} is held for ever`),
    ...ofType(log, 'AppointmentConfirmed')
      .filter(({ data }) => !scheduled.has(data.appointmentId))
      .map(({ data }) => `Appointment ${data.appointmentId} has no callback`),
    ...ofType(log, 'CallbackScheduled')
      .filter(({ data }) => !ended.has(data.callbackId))
      .map(({ data }) => `Callback ${data.callbackId} has no end: ${storyOf(log, data.callbackId)}`),
    ...ofType(log, 'CallbackCompleted')
      .filter(({ data }) => spoke(data) && !surveyed.has(data.callbackId))
      .map(({ data }) => `The caller of callback ${data.callbackId} is not asked how it was`),
  ];
}

const storyOf = (log: readonly Logged[], callbackId: string): string =>
  log
    .filter(({ stream }) => stream === streams.callback(callbackId))
    .map(
      ({ type, data }) =>
        `${type} ${'start' in data && data.start ? `for ${String(data.start)} ` : ''}at ${data.occurredAt}`,
    )
    .join(', ');

const spoke = ({ disposition, handleSeconds }: CallbackCompleted): boolean =>
  handleSeconds !== undefined && (disposition === 'resolved' || disposition === 'follow-up');

/** Appointments whose window passed without a dial, and without anybody saying so. */
export function silent(log: readonly Logged[], now: Instant): readonly string[] {
  const told = new Set(
    [
      ...ofType(log, 'CallbackMissed'),
      ...ofType(log, 'CallbackCancelled'),
      ...ofType(log, 'AttemptStarted').filter(({ data }) => data.inWindow),
    ].map(({ data }) => data.callbackId),
  );
  return ofType(log, 'CallbackScheduled')
    .filter(({ data }) => fromIso(data.end) < now && !told.has(data.callbackId))
    .map(
      ({ data }) => `Callback ${data.callbackId} was neither dialled in its window nor missed nor cancelled`,
    );
}
