import { minuteMs, secondMs, toIso } from '@handover/kernel';
import {
  aRow,
  at,
  cancel,
  confirm,
  justBefore,
  project,
  release,
  request,
  tick,
} from '../testing/builders.js';
import { Story, of, typesOf } from '../testing/story.js';
import { appointmentIdOf } from './confirm.js';

/** A pool with room, where h1 was offered 10:00, 10:30 and 11:00. */
const offered = (given: Parameters<typeof request>[0] = {}): Story => {
  const story = new Story();
  story.when(project({ rows: [aRow(2)] }), request(given));
  return story;
};
const later = (story: Story): Story => story.wait(30 * secondMs);

describe('when an offer is confirmed', () => {
  it('it becomes the appointment, with its words and its proof, and the others are released', () => {
    const story = offered();
    const chosen = story.offer('h1', 1);
    const events = later(story).when(confirm({ offerId: chosen.offerId }));
    expect(typesOf(events)).toEqual(['AppointmentConfirmed', 'OfferReleased']);
    expect(of(events, 'AppointmentConfirmed')[0]).toMatchObject({
      appointmentId: appointmentIdOf(chosen.offerId),
      requestId: `confirm-${chosen.offerId}`,
      handoverId: 'h1',
      subjectId: 'subject-h1',
      start: chosen.start,
      end: chosen.end,
      words: chosen.words,
      say: `confirmed ${chosen.start}`,
      capacityVersion: 1,
      group: 'billing@end',
    });
    expect(of(events, 'OfferReleased')[0]).toMatchObject({
      reason: 'another-confirmed',
      offerIds: [story.offer('h1', 0).offerId, story.offer('h1', 2).offerId],
    });
  });

  it('the same confirmation again changes nothing, under the same id or another', () => {
    const story = later(offered());
    const { offerId } = story.offer('h1', 1);
    story.when(confirm({ offerId }));
    expect(story.when(confirm({ offerId }), confirm({ offerId, requestId: 'again' }))).toEqual([]);
    story.reopen();
    expect(story.when(confirm({ offerId }), confirm({ offerId, requestId: 'again' }))).toEqual([]);
  });

  it('its place stays taken, the released ones are free again', () => {
    const story = new Story();
    story.when(project({ rows: [aRow(1, { cells: [0, 1, 0, 0, 0, 0, 0, 1] })] }), request());
    later(story).when(confirm({ offerId: story.offer().offerId }), request({ handoverId: 'h2' }));
    expect(story.offersOf('h2').map(({ start }) => start)).toEqual([toIso(at('10:35'))]);
  });
});

describe('a confirmation is refused', () => {
  const refusal = (story: Story, given: Parameters<typeof confirm>[0]) => {
    const events = story.when(confirm(given));
    return { types: typesOf(events), refused: of(events, 'ConfirmationRefused')[0] };
  };

  it('when the hold expired, though nobody took the place, with fresh offers held', () => {
    const story = offered();
    const { offerId } = story.offer('h1', 1);
    const { types, refused } = refusal(story.wait(180 * secondMs), { offerId });
    expect(types).toEqual(['HoldExpired', 'OffersHeld', 'ConfirmationRefused']);
    expect(refused).toMatchObject({
      refused: 'hold-expired',
      offerId,
      offers: story.offersOf(),
      holdUntil: toIso(story.now + 180 * secondMs),
      say: `fresh ${story
        .offersOf()
        .map(({ start }) => start)
        .join()}`,
    });
    expect(story.offersOf().map(({ offerId: fresh }) => fresh)).not.toContain(offerId);
    const fresh = story.when(confirm({ offerId: story.offer().offerId }));
    expect(typesOf(fresh)[0]).toBe('AppointmentConfirmed');
  });

  it('in the very millisecond in which the hold is up', () => {
    const story = offered();
    expect(refusal(story.wait(180 * secondMs), { offerId: story.offer().offerId }).refused?.refused).toBe(
      'hold-expired',
    );
  });

  it('when its own time is up, though an older set with a longer hold still stands', () => {
    const story = offered({ handoverId: 'h0' });
    story.when(project({ version: 2, rows: [aRow(2)], settings: { holdSeconds: 10 } }), request());
    const { offerId } = story.offer();
    expect(refusal(story.wait(10 * secondMs), { offerId }).refused?.refused).toBe('hold-expired');
  });

  it('when nothing else is free: without offers, but with a sentence', () => {
    const story = new Story();
    story.when(project({ rows: [aRow(1, { cells: [0, 1] })] }), request());
    const { offerId } = story.offer();
    const { types, refused } = refusal(story.wait(10 * minuteMs), { offerId });
    expect(types).toEqual(['HoldExpired', 'ConfirmationRefused']);
    expect(refused).toMatchObject({ refused: 'hold-expired', offers: [], say: 'refused hold-expired' });
  });

  it('when the window has begun', () => {
    const story = new Story();
    story.when(project(), request());
    const { types, refused } = refusal(story.wait(minuteMs), { offerId: story.offer().offerId });
    expect(types).toEqual(['OfferReleased', 'OffersHeld', 'ConfirmationRefused']);
    expect(refused?.refused).toBe('slot-past');
    expect(refused?.offers[0]?.start).toBe(toIso(at('10:05')));
  });

  it('when nobody ever made such an offer', () => {
    const { types, refused } = refusal(offered(), { offerId: 'invented' });
    expect(types).toEqual(['ConfirmationRefused']);
    expect(refused).toMatchObject({ refused: 'unknown-offer', offers: [] });
  });

  it("when the offer is another handover's, which keeps it", () => {
    const story = offered();
    const { offerId } = story.offer();
    expect(refusal(story, { offerId, handoverId: 'thief', requestId: 'theft' }).refused?.refused).toBe(
      'unknown-offer',
    );
    expect(typesOf(later(story).when(confirm({ offerId: story.offer('h1', 1).offerId })))[0]).toBe(
      'AppointmentConfirmed',
    );
  });

  it('when the handover has its appointment already', () => {
    const story = later(offered());
    story.when(confirm({ offerId: story.offer('h1', 1).offerId }));
    expect(refusal(story, { offerId: story.offer('h1', 2).offerId }).refused?.refused).toBe(
      'already-confirmed',
    );
  });

  it('when the offer was declined, or lost to a newer set', () => {
    const story = later(offered());
    const { offerId } = story.offer('h1', 1);
    story.when(release('h1', toIso(story.now)));
    expect(refusal(story, { offerId }).refused?.refused).toBe('hold-expired');
  });

  it('the same refused confirmation again changes nothing', () => {
    const story = offered();
    const { offerId } = story.offer();
    story.wait(180 * secondMs).when(confirm({ offerId }));
    expect(story.when(confirm({ offerId }))).toEqual([]);
  });
});

describe('one open appointment per subject and issue', () => {
  const again = (): Story => {
    const story = later(offered({ subjectId: 'anna' }));
    story.when(
      confirm({ offerId: story.offer('h1', 1).offerId }),
      request({ handoverId: 'h2', subjectId: 'anna' }),
    );
    return story;
  };

  it('a newer one takes the place of the older, which is cancelled after it', () => {
    const story = again();
    const older = appointmentIdOf(story.offer('h1', 1).offerId);
    const newer = story.offer('h2');
    const events = story.when(confirm({ handoverId: 'h2', offerId: newer.offerId }));
    expect(typesOf(events)).toEqual(['AppointmentConfirmed', 'OfferReleased', 'AppointmentCancelled']);
    expect(of(events, 'AppointmentConfirmed')[0]).toMatchObject({
      supersedes: older,
      supersedesHandover: 'h1',
    });
    expect(of(events, 'AppointmentCancelled')[0]).toMatchObject({
      appointmentId: older,
      handoverId: 'h1',
      reason: 'superseded',
      supersededBy: appointmentIdOf(newer.offerId),
    });
  });

  it('a crash between the two is made good at the next start, with the same event', () => {
    const story = again();
    story.when(confirm({ handoverId: 'h2', offerId: story.offer('h2').offerId }));
    const cancelled = story.log.pop();
    expect(story.reopen()).toEqual([cancelled?.event]);
    expect(story.log.at(-1)?.id).toBe(cancelled?.id);
    expect(story.reopen()).toEqual([]);
  });

  it('another issue of the same subject is another appointment', () => {
    const story = later(offered({ subjectId: 'anna' }));
    story.when(
      confirm({ offerId: story.offer('h1', 1).offerId }),
      request({ handoverId: 'h2', subjectId: 'anna', issueType: 'outage' }),
    );
    const events = story.when(confirm({ handoverId: 'h2', offerId: story.offer('h2').offerId }));
    expect(of(events, 'AppointmentConfirmed')[0]?.supersedes).toBeUndefined();
  });

  it('one whose window is over is not cancelled: it was kept, or it was missed', () => {
    const story = again();
    story.when(release('h2'));
    story.wait(36 * minuteMs).when(request({ handoverId: 'h3', subjectId: 'anna' }));
    const events = story.when(confirm({ handoverId: 'h3', offerId: story.offer('h3', 1).offerId }));
    expect(typesOf(events)).toEqual(['AppointmentConfirmed', 'OfferReleased']);
  });
});

describe('when the caller cancels', () => {
  it('the appointment ends and its place is free', () => {
    const story = new Story();
    story.when(project({ rows: [aRow(1, { cells: [0, 1] })] }), request());
    story.when(confirm({ offerId: story.offer().offerId }));
    const [cancelled] = of(story.when(cancel()), 'AppointmentCancelled');
    expect(cancelled).toMatchObject({ reason: 'caller', start: toIso(at('10:05')) });
    expect(typesOf(story.when(request({ handoverId: 'h2' })))).toEqual(['OffersHeld']);
  });

  it('offers that are still held are withdrawn', () => {
    expect(of(offered().when(cancel()), 'OfferReleased')[0]?.reason).toBe('withdrawn');
  });

  it('again, or without an appointment, nothing happens', () => {
    const story = later(offered());
    story.when(confirm({ offerId: story.offer('h1', 1).offerId }), cancel());
    expect(story.when(cancel(), cancel('stranger'), tick)).toEqual([]);
  });

  it('a late repeat of an older cancellation leaves a newer appointment alone', () => {
    const story = offered({ occurredAt: toIso(justBefore + secondMs) });
    later(story).when(confirm({ offerId: story.offer('h1', 1).offerId }));
    expect(story.when(cancel('h1', toIso(justBefore)))).toEqual([]);
  });

  it('a late repeat of an older cancellation leaves newer offers alone', () => {
    const story = offered({ occurredAt: toIso(justBefore + secondMs) });
    expect(story.when(cancel('h1', toIso(justBefore)))).toEqual([]);
  });
});
