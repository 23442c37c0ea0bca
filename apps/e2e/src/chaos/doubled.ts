import { type Logged, ofType, repeated } from './log.js';

/** What happened twice though it may happen once. A line for each. */
export const doubled = (log: readonly Logged[]): readonly string[] => [
  ...Object.entries(onceEach(log)).flatMap(([what, keys]) =>
    repeated(keys).map((key) => `${what} twice: ${key}`),
  ),
  ...twoAppointments(log),
  ...unbriefed(log),
  ...agentsInTwoPlaces(log),
];

/** What may happen once for each of its keys. */
const onceEach = (log: readonly Logged[]): Readonly<Record<string, readonly string[]>> => ({
  'event id': log.map(({ id }) => id),
  'handover requested': ofType(log, 'HandoverRequested').map(({ data }) => data.handoverId),
  'request for times answered': [...ofType(log, 'OffersHeld'), ...ofType(log, 'NoSlotFound')].map(
    ({ data }) => data.requestId,
  ),
  'acceptance answered': [...ofType(log, 'AppointmentConfirmed'), ...ofType(log, 'ConfirmationRefused')].map(
    ({ data }) => data.requestId,
  ),
  'offer confirmed': ofType(log, 'AppointmentConfirmed').map(({ data }) => data.offerId),
  'callback scheduled': ofType(log, 'CallbackScheduled').map(({ data }) => data.callbackId),
  'agent assigned': ofType(log, 'AgentAssigned').map(({ data }) => `${data.callbackId}/${data.assignment}`),
  'attempt started': ofType(log, 'AttemptStarted').map(({ data }) => data.attemptId),
  'attempt of a callback started': ofType(log, 'AttemptStarted').map(
    ({ data }) => `${data.callbackId}/${data.attempt}`,
  ),
  'attempt ended': ofType(log, 'AttemptEnded').map(({ data }) => data.attemptId),
  'caller connected': ofType(log, 'CallerConnected').map(({ data }) => data.attemptId),
  'callback ended': [...ofType(log, 'CallbackCompleted'), ...ofType(log, 'CallbackCancelled')].map(
    ({ data }) => data.callbackId,
  ),
  'survey requested': ofType(log, 'SurveyRequested').map(({ data }) => data.callbackId),
  'handle time learned': ofType(log, 'HandleTimeObserved').map(({ data }) => data.callbackId),
});

/** A handover has at most one live appointment, at every moment. */
function twoAppointments(log: readonly Logged[]): readonly string[] {
  const live = new Map<string, string>();
  const faults: string[] = [];
  for (const { type, data } of log) {
    if (type === 'AppointmentConfirmed') {
      if (live.has(data.handoverId)) faults.push(`Handover ${data.handoverId} has two live appointments`);
      live.set(data.handoverId, data.appointmentId);
    }
    if (type === 'AppointmentCancelled' && live.get(data.handoverId) === data.appointmentId)
      live.delete(data.handoverId);
  }
  return faults;
}

/** Nobody is dialled before the agent of that attempt acknowledged this callback's briefing. */
function unbriefed(log: readonly Logged[]): readonly string[] {
  const ready = new Map<string, string>();
  const faults: string[] = [];
  for (const { type, data } of log) {
    if (type === 'AgentAssigned' || type === 'AgentReleased') ready.delete(data.callbackId);
    if (type === 'BriefingAcknowledged') ready.set(data.callbackId, data.agentId);
    if (type === 'AttemptStarted' && ready.get(data.callbackId) !== data.agentId)
      faults.push(`Attempt ${data.attemptId} was dialled without a briefed agent`);
  }
  return faults;
}

/** An agent has one callback at a time. */
function agentsInTwoPlaces(log: readonly Logged[]): readonly string[] {
  const agentOf = new Map<string, string>();
  const faults: string[] = [];
  for (const { type, data } of log) {
    if (type === 'AgentReleased' || type === 'CallbackCompleted' || type === 'CallbackCancelled')
      agentOf.delete(data.callbackId);
    if (type !== 'AgentAssigned') continue;
    if ([...agentOf.values()].includes(data.agentId))
      faults.push(`Agent ${data.agentId} was given callback ${data.callbackId} while busy with another`);
    agentOf.set(data.callbackId, data.agentId);
  }
  return faults;
}
