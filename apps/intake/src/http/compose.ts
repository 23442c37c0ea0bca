import {
  type AppointmentAnswer,
  type AppointmentConfirmed,
  type ConfirmRefusal,
  type ConfirmationRefused,
  type HandoverAnswer,
  type HandoverContext,
  type HandoverLinks,
  type HandoverRequested,
} from '@handover/contracts';
import { appointmentMade, offersHeld } from '@handover/intake';
import { Problem } from '@handover/platform';
import { pendingSentence } from '@handover/words';
import { type Reply } from '../replies/reply.js';
import { HttpAnswer } from './http-answer.js';

/** Where a bot goes on with a handover. */
export const linksOf = (handoverId: string): HandoverLinks => {
  const self = `/v1/handovers/${handoverId}`;
  return { self, appointment: `${self}/appointment`, decline: `${self}/decline`, context: `${self}/context` };
};

/** When to look again at what was not ready in time. */
const later = { 'retry-after': '1' };

/** The answer to a request, made of what was recorded: asked again, it is the same. */
export function handoverAnswer(
  requested: HandoverRequested,
  reply: Reply | undefined,
): HttpAnswer<HandoverAnswer> {
  const { handoverId, completeness, pool, skills, rule } = requested;
  const links = linksOf(handoverId);
  const known = { completeness, routing: { pool, skills, rule }, links };
  const location = { location: links.self };
  if (reply?.type === 'OffersHeld') {
    const { say, holdUntil, timeZone } = reply.data;
    const offers = offersHeld(reply.data.offers, timeZone, holdUntil);
    return new HttpAnswer(201, { handoverId, status: 'offered', say, offers, ...known }, location);
  }
  if (reply?.type === 'NoSlotFound') {
    const { say, reason, nextOpening } = reply.data;
    const noSlot = { reason, ...(nextOpening && { nextOpening }) };
    return new HttpAnswer(
      201,
      { handoverId, status: 'no-slot', say, offers: [], noSlot, ...known },
      location,
    );
  }
  const say = pendingSentence(requested);
  return new HttpAnswer(
    202,
    { handoverId, status: 'requested', say, offers: [], ...known },
    { ...location, ...later },
  );
}

/** The appointment, as it was confirmed. */
export const appointmentAnswer = (confirmed: AppointmentConfirmed): HttpAnswer<AppointmentAnswer> => {
  const { handoverId, say } = confirmed;
  const appointment = appointmentMade(confirmed);
  return new HttpAnswer(201, {
    handoverId,
    status: 'scheduled',
    say,
    appointment,
    links: linksOf(handoverId),
  });
};

/** Reservation has not answered yet: there may be an appointment, or there may not. */
export const pendingAppointment = ({
  handoverId,
  language,
}: HandoverContext): HttpAnswer<AppointmentAnswer> =>
  new HttpAnswer(
    202,
    { handoverId, status: 'offered', say: pendingSentence({ language }), links: linksOf(handoverId) },
    later,
  );

const titles: Readonly<Record<ConfirmRefusal, readonly [title: string, detail: string]>> = {
  'hold-expired': [
    'The hold has expired',
    'This time was held until a moment that has passed. Speak "say"; "offers" are held afresh, if there are any.',
  ],
  'unknown-offer': [
    'No such offer',
    'This handover was not made that offer, or it was released. Accept one of its own.',
  ],
  'already-confirmed': [
    'An appointment stands',
    'Another offer of this handover was confirmed before. Cancel that appointment first.',
  ],
  'slot-past': [
    'The time is over',
    'This time has begun or passed. Speak "say"; "offers" are held afresh, if there are any.',
  ],
};

/** Why there is no appointment, with the sentence for the caller and the times that are held instead. */
export function refusedAppointment(refusal: ConfirmationRefused, { timeZone }: HandoverContext): Problem {
  const { handoverId, refused, say, offers, holdUntil } = refusal;
  const [title, detail] = titles[refused];
  const held = offersHeld(offers, timeZone, holdUntil);
  return new Problem({
    type: refused,
    title,
    status: 409,
    detail,
    handoverId,
    say,
    offers: held,
    links: linksOf(handoverId),
  });
}
