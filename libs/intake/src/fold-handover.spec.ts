import { type DomainEvent, HandoverView } from '@handover/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { ageSeconds, foldHandover } from './fold-handover.js';
import { noHandover, requestHandover } from './handover.js';
import { aConfirmationRefused, aNewHandover, anOffersHeld, monday } from './testing/index.js';
import {
  of,
  dial,
  held,
  confirmed,
  noSlot,
  refused,
  declined,
  withdrawn,
  superseded,
  expired,
  released,
  otherReleased,
  atRisk,
  secured,
  cancelled,
  assigned,
  agentReleased,
  missed,
  dialled,
  unanswered,
  connected,
  completed,
  rated,
  moved,
} from './testing/events.js';

const decision = requestHandover(noHandover, aNewHandover(), monday);
const requested = 'refused' in decision ? [] : decision;

const view = (...events: readonly DomainEvent[]) => {
  const folded = foldHandover([...requested, ...events]);
  if (!folded) throw new Error('No view.');
  return folded;
};

describe('the view of a handover', () => {
  it('says where it goes, what is missing, and nothing personal', () => {
    expect(view()).toEqual({
      handoverId: 'handover-1',
      conversationId: 'conversation-1',
      subjectId: 'subject-1',
      issueType: 'technical-fault',
      language: 'en',
      timeZone: 'Europe/Zurich',
      urgency: 'high',
      routing: { pool: 'technical', skills: ['en', 'technical'], rule: 'technical' },
      completeness: { percent: 100, gaps: [] },
      status: 'requested',
      closed: false,
      offers: [],
      requestedAt: '2026-11-23T10:00:00.000Z',
      updatedAt: '2026-11-23T10:00:00.000Z',
    });
  });

  it.each<[string, string, DomainEvent[]]>([
    ['offers are held', 'offered', [held]],
    ['nothing fits', 'no-slot', [noSlot]],
    ['the caller declines', 'declined', [held, declined]],
    ['the holds expire', 'expired', [held, expired]],
    ['the last offer is released', 'expired', [held, released, otherReleased]],
    ['an offer is confirmed', 'scheduled', [held, confirmed, released]],
    ['the hold was gone and nothing else is free', 'expired', [held, expired, refused]],
    ['capacity is withdrawn', 'at-risk', [held, confirmed, atRisk]],
    ['capacity comes back', 'scheduled', [held, confirmed, atRisk, secured]],
    ['the appointment is moved', 'scheduled', [held, confirmed, atRisk, moved]],
    ['an agent is chosen', 'briefing', [held, confirmed, assigned]],
    ['the agent leaves again', 'scheduled', [held, confirmed, assigned, agentReleased]],
    ['the window passes without a dial', 'missed', [held, confirmed, missed]],
    ['a dial begins', 'dialing', [held, confirmed, assigned, dialled]],
    ['nobody answers', 'scheduled', [held, confirmed, assigned, dialled, unanswered]],
    ['the caller is connected', 'connected', [held, confirmed, assigned, dialled, connected]],
    ['the callback is over', 'completed', [held, confirmed, assigned, dialled, connected, completed, rated]],
    ['the caller cancels', 'withdrawn', [held, confirmed, withdrawn, cancelled]],
    ['a newer handover takes its place', 'superseded', [held, confirmed, superseded]],
    ['a late refusal arrives after the confirmation', 'scheduled', [held, confirmed, refused]],
    ['a hold of before expires after the confirmation', 'scheduled', [held, confirmed, expired]],
    ['a confirmation crosses the cancellation', 'withdrawn', [held, withdrawn, confirmed, cancelled]],
    ['the call was held although it was withdrawn', 'completed', [held, confirmed, withdrawn, completed]],
  ])('when %s is %s', (_case, status, events) => {
    expect(view(...events).status).toBe(status);
  });

  it('shows the offers that are still held, and until when', () => {
    expect(
      view(held, { type: 'OfferReleased', data: { ...of, offerIds: ['offer-1'], reason: 'replaced' } }),
    ).toMatchObject({
      offers: [
        {
          offerId: 'offer-2',
          start: '2026-11-23T13:45:00.000Z',
          end: '2026-11-23T13:50:00.000Z',
          timeZone: 'Europe/Zurich',
          words: 'at 2:45 this afternoon',
          holdUntil: '2026-11-23T10:03:00.000Z',
        },
      ],
    });
  });

  it('shows an offer that was confirmed as the appointment alone', () => {
    expect(view(held, confirmed).offers.map(({ offerId }) => offerId)).toEqual(['offer-2']);
    expect(view(held, confirmed, released).offers).toEqual([]);
  });

  it('shows fresh offers in place of those that expired', () => {
    const fresh = { ...aConfirmationRefused({ offers: anOffersHeld().offers.slice(1) }) };
    const { offers, status } = view(held, expired, { type: 'ConfirmationRefused', data: fresh });
    expect(offers.map(({ offerId }) => offerId)).toEqual(['offer-2']);
    expect(status).toBe('offered');
  });

  it('shows times that were held afresh once, though two events tell of them', () => {
    const [, second] = anOffersHeld().offers;
    const offers = second ? [second] : [];
    const heldAfresh: DomainEvent = { type: 'OffersHeld', data: anOffersHeld({ offers }) };
    const instead: DomainEvent = { type: 'ConfirmationRefused', data: aConfirmationRefused({ offers }) };
    expect(view(held, heldAfresh, instead).offers.map(({ offerId }) => offerId)).toEqual(['offer-2']);
  });

  it('shows the other offers when one of them is refused and nothing else is free', () => {
    expect(view(held, refused)).toMatchObject({ status: 'offered', offers: [{ offerId: 'offer-2' }] });
  });

  it('shows why there is no time, and when there is one again', () => {
    expect(view(noSlot).noSlot).toEqual({ reason: 'fully-booked', nextOpening: '2026-11-24T07:00:00.000Z' });
    expect(view(noSlot, held).noSlot).toBeUndefined();
  });

  it('shows the appointment, and from when it was moved', () => {
    expect(view(held, confirmed, moved).appointment).toEqual({
      appointmentId: 'appointment-1',
      offerId: 'offer-1',
      start: '2026-11-23T14:00:00.000Z',
      end: '2026-11-23T14:05:00.000Z',
      timeZone: 'Europe/Zurich',
      words: "at 3 o'clock this afternoon",
      state: 'confirmed',
      movedFrom: '2026-11-23T13:15:00.000Z',
    });
  });

  it('sums the callback up: dials, how the last one ended, and the disposition', () => {
    const again: DomainEvent = { type: 'AttemptStarted', data: { ...dial, attempt: 2, inWindow: false } };
    expect(view(confirmed, missed, dialled, unanswered, again, completed).callback).toEqual({
      callbackId: 'appointment-1',
      attempts: 2,
      lastOutcome: 'no-answer',
      missed: true,
      disposition: 'resolved',
    });
  });

  it('is open and ages until a disposition, the caller or a successor ends it', () => {
    const open = view(held, confirmed);
    expect([open.closed, ageSeconds(open, monday + 90_500)]).toEqual([false, 90]);
    const closed = view(held, confirmed, completed);
    expect([closed.closed, ageSeconds(closed, monday + 86_400_000)]).toEqual([true, 3600]);
    expect(closed.closedAt).toBe('2026-11-23T11:00:00.000Z');
    const later: DomainEvent = { ...rated, data: { ...rated.data, occurredAt: '2026-11-24T09:00:00.000Z' } };
    expect(view(held, confirmed, completed, later).closedAt).toBe(closed.closedAt);
  });

  it('does not exist before it was requested', () => {
    expect(foldHandover([held, confirmed])).toBeUndefined();
  });

  it('of any history keeps the rules of its contract and has one status', () => {
    const any = [
      held,
      confirmed,
      noSlot,
      refused,
      declined,
      withdrawn,
      superseded,
      expired,
      released,
      atRisk,
      secured,
    ];
    const more = [
      cancelled,
      assigned,
      agentReleased,
      missed,
      dialled,
      unanswered,
      connected,
      completed,
      rated,
      moved,
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom<DomainEvent>(...any, ...more), { maxLength: 20 }), (events) => {
        expect(validateSync(plainToInstance(HandoverView, view(...events)))).toEqual([]);
      }),
    );
  });

  it('once completed stays completed, whatever arrives late', () => {
    const late = fc.constantFrom<DomainEvent>(
      held,
      confirmed,
      expired,
      atRisk,
      moved,
      assigned,
      cancelled,
      withdrawn,
    );
    fc.assert(
      fc.property(fc.array(late), (events) => {
        expect(view(confirmed, completed, ...events)).toMatchObject({ status: 'completed', closed: true });
      }),
    );
  });
});
