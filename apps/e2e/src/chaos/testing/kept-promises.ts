import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DomainEvent, domainEvent, streams } from '@handover/contracts';
import { minuteMs, toIso, type Instant } from '@handover/kernel';
import { type Acknowledged } from '../acknowledged.js';
import { type Logged } from '../log.js';

const recorded = resolve(import.meta.dirname, '../../../../../libs/contracts/fixtures/events');
const pool = 'help';
const group = 'help@end';
const openingAt = Date.parse('2026-11-23T12:00:00Z');
/** When every promise of the log has been kept. */
export const closingAt: Instant = openingAt + 120 * minuteMs;

/** A recorded event of that type, with these facts in place of its own. */
function event(type: DomainEvent['type'], stream: string, at: Instant, facts: object): Logged {
  const example = JSON.parse(readFileSync(resolve(recorded, `${type}.v1.json`), 'utf8')) as { data: object };
  const told = domainEvent({ type, data: { ...example.data, pool, ...facts, occurredAt: toIso(at) } });
  if (!told) throw new Error(`${type} is not known`);
  return { ...told, stream, id: `${type} of ${stream} at ${toIso(at)}` };
}

/** One agent at a time, from noon to two. */
const capacity = (): Logged =>
  event('CapacityProjected', streams.pool(pool), openingAt, {
    version: 1,
    full: true,
    rows: [
      {
        group,
        skills: ['help'],
        from: toIso(openingAt),
        until: toIso(closingAt),
        cells: Array.from({ length: 24 }, () => 1),
      },
    ],
  });

/** From the bot's words to the survey: a promise in the window from `start` on, kept. */
export function keptPromise(name: string, start: Instant, agentId = 'agent-1'): Logged[] {
  const handoverId = `handover-${name}`;
  const [callbackId, attemptId, requestedAt] = [`callback-${name}`, `attempt-${name}`, start - 20 * minuteMs];
  const own = streams.handover(handoverId);
  const book = `slotbook-${pool}-2026-11-23-${name}`;
  const callback = streams.callback(callbackId);
  const terms = { handoverId, skills: ['help'], handleSeconds: 120, capacityVersion: 1, group };
  const slot = (at: Instant) => ({ start: toIso(at), end: toIso(at + 5 * minuteMs) });
  const [chosen, other] = [`offer-${name}`, `other-offer-${name}`];
  const offers = [
    { offerId: chosen, ...slot(start), words: 'soon', group },
    { offerId: other, ...slot(start + 5 * minuteMs), words: 'later', group },
  ];
  const [holdUntil, talk] = [toIso(requestedAt + 3 * minuteMs), { callbackId, handoverId, agentId }];
  const soon = requestedAt + minuteMs;
  const asked = event('HandoverRequested', own, requestedAt, { handoverId });
  const accepted = event('OfferAccepted', own, soon, { handoverId, offerId: chosen });
  return [
    asked,
    event('OffersHeld', book, requestedAt, { ...terms, requestId: asked.id, offers, holdUntil }),
    accepted,
    event('AppointmentConfirmed', book, soon, {
      ...terms,
      ...slot(start),
      requestId: accepted.id,
      appointmentId: callbackId,
      offerId: chosen,
    }),
    event('OfferReleased', book, soon, { handoverId, offerIds: [other] }),
    event('CallbackScheduled', callback, soon, { callbackId, handoverId, ...slot(start) }),
    event('AgentAssigned', callback, start - minuteMs, { ...talk, assignment: 1 }),
    event('BriefingAcknowledged', callback, start - minuteMs, talk),
    event('AttemptStarted', callback, start, { ...talk, attemptId, attempt: 1, inWindow: true }),
    event('CallerConnected', callback, start, { ...talk, attemptId }),
    event('CallbackCompleted', callback, start + minuteMs, {
      ...talk,
      disposition: 'resolved',
      handleSeconds: 60,
    }),
    event('AttemptEnded', callback, start + minuteMs, { ...talk, attemptId }),
    event('SurveyRequested', streams.survey(callbackId), start + minuteMs, {
      callbackId,
      handoverId,
      surveyId: callbackId,
    }),
    event('HandleTimeObserved', streams.pool(pool), start + minuteMs, { callbackId }),
  ];
}

/** Two callers, one after the other: nothing is wrong in this log. */
export const keptPromises = (): readonly Logged[] => [
  capacity(),
  ...keptPromise('first', openingAt + 60 * minuteMs),
  ...keptPromise('second', openingAt + 70 * minuteMs),
];

/** What the system had said to those who asked for all this. */
export function toldOf(name: string): readonly Acknowledged[] {
  const [handover, callback] = [`/v1/handovers/handover-${name}`, `/v1/callbacks/callback-${name}`];
  const told = (path: string, status: number, asked: object, answered: object): Acknowledged => ({
    method: 'POST',
    path,
    status,
    asked: { ...asked },
    answered: { ...answered },
  });
  const appointment = { appointmentId: `callback-${name}` };
  return [
    told('/v1/handovers', 201, {}, { handoverId: `handover-${name}` }),
    told(`${handover}/appointment`, 201, { offerId: `offer-${name}` }, { appointment }),
    told(`${callback}/acknowledgement`, 200, { agentId: 'agent-1' }, {}),
    told(`${callback}/disposition`, 200, {}, {}),
  ];
}
