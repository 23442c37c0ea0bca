import { minuteMs, secondMs, toIso } from '@handover/kernel';
import { aRow, at, justBefore, monday, release, request, tenOClock, tick } from '../testing/builders.js';
import { breaches } from '../testing/checker.js';
import { readLog } from '../testing/log-reader.js';
import { opened, of, startsOf, typesOf } from '../testing/story.js';

describe('when times are requested', () => {
  it('up to three are held for the caller, the earliest first, then spread', () => {
    const story = opened();
    const [held] = of(story.when(request()), 'OffersHeld');
    expect(startsOf(story)).toEqual(['10:00', '10:30', '11:00']);
    expect(held).toMatchObject({
      requestId: 'request-h1',
      handoverId: 'h1',
      handleSeconds: 300,
      capacityVersion: 1,
      holdUntil: toIso(justBefore + 180 * secondMs),
      say: `offers ${story
        .offersOf()
        .map(({ start }) => start)
        .join()}`,
    });
    expect(held?.offers[0]).toMatchObject({
      end: toIso(tenOClock + 5 * minuteMs),
      words: `${toIso(tenOClock)} Europe/Zurich`,
      group: 'billing@end',
    });
  });

  it('none begins before the lead time is over', () => {
    const story = opened({ settings: { leadMinutes: 12 } });
    story.when(request());
    expect(startsOf(story)[0]).toBe('10:15');
  });

  it('none begins beyond the horizon', () => {
    const story = opened({ rows: [aRow(1, { hours: 5 })], settings: { horizonHours: 1 } });
    story.when(request());
    expect(startsOf(story)).toEqual(['10:00', '10:30']);
  });

  it.each([
    ['critical', ['10:00', '10:10', '10:20']],
    ['high', ['10:00', '10:20', '10:40']],
    ['normal', ['10:00', '10:30', '11:00']],
    ['low', ['10:00', '11:00']],
  ] as const)(
    'a caller with urgency %s chooses among times that lie apart accordingly',
    (urgency, expected) => {
      const story = opened();
      story.when(request({ urgency }));
      expect(startsOf(story)).toEqual(expected);
    },
  );

  it('times before the opportunity expires come first', () => {
    const story = opened();
    story.when(request({ opportunityExpiresAt: toIso(at('10:40')) }));
    expect(startsOf(story)).toEqual(['10:00', '10:30']);
  });

  it('an opportunity that nobody can meet does not leave the caller without a time', () => {
    const story = opened({ rows: [aRow(1, { from: toIso(at('11:00')) })] });
    story.when(request({ opportunityExpiresAt: toIso(at('10:40')) }));
    expect(startsOf(story)[0]).toBe('11:00');
  });

  it('the learned handle time of the issue decides how long an agent is taken', () => {
    const handleTimes = [
      { issueType: 'invoice', meanSeconds: 500, variation: 1, observations: 9, plannedSeconds: 601 },
    ];
    const story = opened({ handleTimes, rows: [aRow(1, { cells: [1, 1, 0, 1, 1, 1] })] });
    const [held] = of(story.when(request()), 'OffersHeld');
    expect(held?.handleSeconds).toBe(601);
    expect(startsOf(story)).toEqual(['10:15']);
  });

  it('all offers of a set lie in one day-book, the first with a place', () => {
    const story = opened({
      rows: [aRow(1, { from: toIso(at('20:50')), cells: [1, ...Array.from({ length: 200 }, () => 1)] })],
    });
    story.when(request());
    expect(startsOf(story)).toEqual(['20:50']);
    expect(story.log.at(-1)?.day).toBe(monday);
  });

  it('a request that repeats an answered one changes nothing', () => {
    const story = opened();
    story.when(request());
    expect(story.when(request())).toEqual([]);
  });

  it('deciding it again from the same log makes the same offers', () => {
    const [one, other] = [opened(), opened()];
    one.when(request());
    other.when(request());
    expect(one.log).toEqual(other.log);
  });
});

/** How often the most frequent one appears. */
const mostAlike = (starts: readonly string[]): number =>
  Math.max(...starts.map((start) => starts.filter((other) => other === start).length));

describe('holds', () => {
  it('occupy capacity: those who ask at once get times that together fit', () => {
    const story = opened();
    const ids = Array.from({ length: 20 }, (_, index) => `h${index}`);
    story.when(...ids.map((handoverId) => request({ handoverId })));
    const all = ids.flatMap((id) => startsOf(story, id));
    expect(all).toHaveLength(24);
    expect(new Set(all).size).toBe(24);
  });

  it('of a hundred bots that ask at once: each gets times, all fit together, and they are spread', () => {
    const rows = [
      aRow(6, { hours: 4 }),
      aRow(4, { group: 'both', skills: ['billing', 'french'], hours: 4 }),
      aRow(2, { group: 'french', skills: ['french'], hours: 4 }),
    ];
    const story = opened({ rows, settings: { handleSeconds: 600, holdShare: 0.5 } });
    const ids = Array.from({ length: 100 }, (_, index) => `bot${index}`);
    const skillOf = (id: string): string => (ids.indexOf(id) % 3 === 0 ? 'french' : 'billing');
    story.when(...ids.map((handoverId) => request({ handoverId, skills: [skillOf(handoverId)] })));
    expect(ids.filter((id) => story.offersOf(id).length === 0)).toEqual([]);
    expect(breaches(readLog(story.log), story.projections, story.now)).toEqual([]);
    const startsFor = (skill: string): string[] =>
      ids.filter((id) => skillOf(id) === skill).flatMap((id) => startsOf(story, id));
    // Ten agents have billing and six have French: at any time no more than half of them are held for it.
    expect(mostAlike(startsFor('billing'))).toBeLessThanOrEqual(5);
    expect(mostAlike(startsFor('french'))).toBeLessThanOrEqual(3);
    for (const skill of ['billing', 'french']) expect(new Set(startsFor(skill)).size).toBeGreaterThan(20);
  });

  it('of a broken bot that asks again and again for ever new callers leave half of what is open to everybody else', () => {
    const story = opened({ rows: [aRow(8)], settings: { holdShare: 0.5 } });
    for (let storm = 0; storm < 200; storm += 1) story.when(request({ handoverId: `storm${storm}` }));
    const held = story.all('OffersHeld').flatMap(({ offers }) => offers.map(({ start }) => start));
    expect(mostAlike(held)).toBe(4);
    // Its holds are gone after three minutes.
    story.wait(4 * minuteMs).when(tick);
    story.when(request({ handoverId: 'calm' }));
    expect(startsOf(story, 'calm')).toHaveLength(3);
  });

  it('leave room: in a cell they take the share that the pool allows, and a choice takes half of it', () => {
    const story = opened({ rows: [aRow(8)], settings: { holdShare: 0.5 } });
    const ids = Array.from({ length: 5 }, (_, index) => `h${index}`);
    story.when(...ids.map((handoverId) => request({ handoverId })));
    expect(ids.map((id) => startsOf(story, id)[0])).toEqual(['10:00', '10:00', '10:00', '10:00', '10:05']);
    expect(ids.map((id) => startsOf(story, id)[1])).toEqual(['10:30', '10:30', '10:35', '10:35', '10:40']);
  });

  it('a storm on one skill does not use up the share of another', () => {
    const rows = [aRow(8), aRow(1, { group: 'french@end', skills: ['french'] })];
    const story = opened({ rows, settings: { holdShare: 0.5 } });
    for (let storm = 0; storm < 8; storm += 1) story.when(request({ handoverId: `storm${storm}` }));
    story.when(request({ handoverId: 'calm', skills: ['french'] }));
    expect(startsOf(story, 'calm')[0]).toBe('10:00');
  });

  it('a newer request of the same handover replaces the older set', () => {
    const story = opened();
    story.when(request());
    const older = story.offersOf().map(({ offerId }) => offerId);
    const events = story.when(request({ requestId: 'again' }));
    expect(typesOf(events)).toEqual(['OfferReleased', 'OffersHeld']);
    expect(of(events, 'OfferReleased')[0]).toMatchObject({ reason: 'replaced', offerIds: older });
    expect(startsOf(story)).toEqual(['10:00', '10:30', '11:00']);
  });

  it('a newer handover of the same subject on the same issue replaces the older set', () => {
    const story = opened();
    story.when(request({ subjectId: 'anna' }));
    const events = story.when(request({ handoverId: 'h2', subjectId: 'anna' }));
    expect(of(events, 'OfferReleased')[0]).toMatchObject({ handoverId: 'h1', reason: 'replaced' });
  });

  it('expire when their time is up, and not before', () => {
    const story = opened();
    story.when(request());
    expect(story.wait(180 * secondMs - 1).when(tick)).toEqual([]);
    const [expired] = of(story.wait(1).when(tick), 'HoldExpired');
    expect(expired).toMatchObject({
      handoverId: 'h1',
      offerIds: story.offersOf().map(({ offerId }) => offerId),
    });
    expect(story.when(tick)).toEqual([]);
  });

  it('that are due make room for the next request', () => {
    const story = opened({ rows: [aRow(1, { cells: [0, 1] })] });
    story.when(request());
    const events = story.wait(180 * secondMs).when(request({ handoverId: 'h2' }));
    expect(typesOf(events)).toEqual(['HoldExpired', 'OffersHeld']);
    expect(startsOf(story, 'h2')).toEqual(['10:05']);
  });

  it('are given back when the caller wants none', () => {
    const story = opened();
    story.when(request());
    expect(of(story.when(release()), 'OfferReleased')[0]).toMatchObject({ reason: 'declined' });
    expect(story.when(release())).toEqual([]);
  });

  it('asked for after a late repeat of an older refusal stay', () => {
    const story = opened();
    story.when(request({ occurredAt: toIso(justBefore + secondMs) }));
    expect(story.when(release('h1', toIso(justBefore)))).toEqual([]);
  });

  it('survive a restart with their places', () => {
    const story = opened();
    story.when(request());
    expect(story.reopen()).toEqual([]);
    story.when(request({ handoverId: 'h2' }));
    expect(startsOf(story, 'h2')).toEqual(['10:05', '10:35', '11:05']);
  });
});
