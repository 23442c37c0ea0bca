import fc from 'fast-check';
import { minuteMs, toIso } from '@handover/kernel';
import { type DomainEvent } from '@handover/contracts';
import { evolveOutcome, outcomeRecord, standing, type Outcome } from './outcome.js';
import { noon, story } from './testing/story.js';

const fold = (...events: readonly DomainEvent[]): Outcome => {
  const outcome = events.reduce<Outcome | undefined>(evolveOutcome, undefined);
  if (!outcome) throw new Error('no HandoverRequested in the story');
  return outcome;
};
const later = noon + 300 * minuteMs;
const record = (...events: readonly DomainEvent[]): ReturnType<typeof outcomeRecord> =>
  outcomeRecord(fold(...events), later);

describe('the outcome of a handover', () => {
  it('is kept, reached and preserved when a briefed agent connects inside the window', () => {
    const told = record(
      story.requested(),
      story.offered(1),
      story.confirmed(2, 60),
      story.attempt(61),
      story.connected(62),
      story.completed(66),
      story.surveyed(66),
      story.answered(90, 5),
    );
    expect(told).toMatchObject({
      status: 'completed',
      closed: true,
      appointment: 'kept',
      attempts: 1,
      reached: true,
      contextPreserved: true,
      disposition: 'resolved',
      surveyScore: 5,
    });
  });

  it('is broken when the window passes without a dial, even if nobody says so', () => {
    const [fact] = fold(story.requested(), story.confirmed(2, 60)).appointments;
    expect(fact && standing(fact, noon + 64 * minuteMs)).toBe('pending');
    expect(fact && standing(fact, noon + 65 * minuteMs)).toBe('broken');
  });

  it('stays broken when the dial begins late', () => {
    expect(
      record(
        story.requested(),
        story.confirmed(2, 60),
        story.missed(65),
        story.attempt(70, 1, false),
        story.connected(71),
        story.completed(75),
      ),
    ).toMatchObject({
      appointment: 'broken',
      status: 'completed',
      reached: true,
    });
  });

  it('is judged by the first dial: a second one after the window does not break it', () => {
    expect(
      record(
        story.requested(),
        story.confirmed(2, 60),
        story.attempt(61),
        story.attemptEnded(62, 'busy'),
        story.attempt(80, 2, false),
      ),
    ).toMatchObject({
      appointment: 'kept',
      attempts: 2,
    });
  });

  it('counts a time that we moved against us, and the new time as well', () => {
    const { appointments } = fold(
      story.requested(),
      story.confirmed(2, 60),
      story.moved(30, 60, 90),
      story.attempt(91),
    );
    expect(appointments.map(({ ended }) => ended)).toEqual(['moved', 'kept']);
  });

  it('leaves the old time out when the caller moved it', () => {
    const { appointments } = fold(
      story.requested(),
      story.confirmed(2, 60),
      story.moved(30, 60, 90, 'caller'),
      story.attempt(91),
    );
    expect(appointments.map(({ ended }) => ended)).toEqual(['cancelled', 'kept']);
  });

  it('is not preserved when the agent asked again, nor when nobody was briefed', () => {
    const called = [story.requested(), story.confirmed(2, 60), story.attempt(61)];
    expect(record(...called, story.connected(62), story.completed(66, { reAsked: true }))).toMatchObject({
      contextPreserved: false,
    });
    expect(record(...called, story.connected(62, false), story.completed(66))).toMatchObject({
      contextPreserved: false,
    });
  });

  it('says nothing of preserved context when no person was reached', () => {
    const told = record(
      story.requested(),
      story.confirmed(2, 60),
      story.attempt(61),
      story.attemptEnded(62, 'voicemail'),
      story.completed(63, { disposition: 'voicemail', reAsked: undefined }),
    );
    expect(told).toMatchObject({ reached: false, disposition: 'voicemail', closed: true });
    expect(told.contextPreserved).toBeUndefined();
  });

  it('is cancelled, not broken, when the caller cancels before the window', () => {
    expect(record(story.requested(), story.confirmed(2, 60), story.cancelled(30))).toMatchObject({
      appointment: 'cancelled',
      status: 'withdrawn',
      closed: true,
    });
  });

  it('stays broken when the caller gives up a promise whose window is over, though nobody said that it was missed', () => {
    const promised = [story.requested(), story.confirmed(2, 60)];
    expect(record(...promised, story.cancelled(64))).toMatchObject({ appointment: 'cancelled' });
    expect(record(...promised, story.cancelled(65))).toMatchObject({ appointment: 'broken' });
    const { appointments } = fold(...promised, story.moved(70, 60, 90, 'caller'), story.attempt(91));
    expect(appointments.map(({ ended }) => ended)).toEqual(['missed', 'kept']);
  });

  it('takes of reported opportunities each that the bot saw, once, and as expired if it was before the connect', () => {
    const expiring = (opportunityId: string, minutes: number): object => ({
      opportunityId,
      product: 'Savings plan',
      expiresAt: toIso(noon + minutes * minuteMs),
    });
    const accepted = ['gone', 'during', 'during', 'invented'].map((opportunityId) => ({
      opportunityId,
      outcome: 'accepted',
    }));
    const requested = story.requested(0, { opportunities: [expiring('gone', 62), expiring('during', 64)] });
    const called = [story.confirmed(2, 60), story.attempt(61), story.connected(62)];
    const closed = story.completed(66, { opportunities: accepted });
    expect(record(requested, ...called, closed).opportunities).toEqual([
      { opportunityId: 'gone', outcome: 'expired' },
      { opportunityId: 'during', outcome: 'accepted' },
    ]);
    const late = story.amended(30, { opportunities: [expiring('invented', 90)] });
    expect(record(requested, late, ...called, closed).opportunities).toEqual([
      { opportunityId: 'invented', outcome: 'accepted' },
    ]);
    const takenBack = story.amended(30, { removed: ['opportunities'] });
    expect(record(requested, takenBack, ...called, closed).opportunities).toEqual([]);
  });

  it('is visibly open until something ends it', () => {
    expect(record(story.requested())).toMatchObject({ status: 'requested', closed: false });
    expect(record(story.requested(), story.offered(1))).toMatchObject({ status: 'offered', closed: false });
    expect(record(story.requested(), story.confirmed(2, 60), story.missed(65))).toMatchObject({
      status: 'missed',
      closed: false,
    });
  });

  it('waits for the next dial when nobody answered, or the agent was released', () => {
    const called = [story.requested(), story.offered(1), story.confirmed(2, 60), story.attempt(61)];
    expect(record(...called, story.attemptEnded(62, 'no-answer')).status).toBe('scheduled');
    expect(record(...called, story.missed(65), story.attemptEnded(66, 'busy')).status).toBe('missed');
    expect(record(...called, story.released(62)).status).toBe('scheduled');
  });

  it('has expired when the last offer was released', () => {
    const offered = story.offered(1, ['o1', 'o2']);
    expect(record(story.requested(), offered, story.offersReleased(2, ['o1'])).status).toBe('offered');
    expect(record(story.requested(), offered, story.offersReleased(2, ['o1', 'o2'])).status).toBe('expired');
  });

  it('counts every dial that began, whatever the disposition says', () => {
    const dials = [story.attempt(61), story.attemptEnded(62, 'busy'), story.attempt(63, 2)];
    const told = record(story.requested(), ...dials, story.completed(64, { attempts: 1 }));
    expect(told.attempts).toBe(2);
  });

  it('is as of the latest event, though an earlier one comes after it', () => {
    const { asOf } = record(story.requested(), story.confirmed(5, 60), story.offered(1));
    expect(asOf).toBe(new Date(noon + 5 * minuteMs).toISOString());
  });

  it('does not change when the last event is delivered twice', () => {
    const events = [
      story.requested(),
      story.offered(1),
      story.confirmed(2, 60),
      story.attempt(61),
      story.connected(62),
      story.completed(66),
      story.answered(90, 4),
    ];
    const once = fc.integer({ min: 1, max: events.length });
    fc.assert(
      fc.property(once, (length) => {
        const told = events.slice(0, length).filter(({ type }) => type !== 'AppointmentConfirmed');
        const last = told.at(-1);
        expect(last && evolveOutcome(fold(...told), last)).toEqual(fold(...told));
      }),
    );
  });
});
