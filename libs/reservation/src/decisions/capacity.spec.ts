import { minuteMs, secondMs, toIso } from '@handover/kernel';
import { aRow, at, confirm, project, request, tick } from '../testing/builders.js';
import { Story, of, typesOf } from '../testing/story.js';

type Given = Parameters<typeof request>[0] & { handoverId: string };

/** One agent, and an appointment for each handover at the first time that was offered to it. */
const booked = (cells: number[], ...given: Given[]): Story => {
  const story = new Story();
  story.when(project({ rows: [aRow(1, { cells })] }));
  for (const each of given) {
    story.when(request(each));
    const { offerId } = story.offer(each.handoverId);
    story.when(confirm({ handoverId: each.handoverId, offerId }));
    story.wait(secondMs);
  }
  return story;
};
const change = (version: number, cells: number[], more: Parameters<typeof project>[0] = {}) =>
  project({ version, full: false, rows: [aRow(1, { cells })], ...more });

describe('when capacity is withdrawn', () => {
  it('an appointment is moved to the nearest place at once, and the caller told both times', () => {
    const story = booked([0, 0, 0, 1, 0, 0, 0, 0], { handoverId: 'h1' });
    const events = story.when(change(2, [0, 0, 1, 0, 0, 1, 0, 0]));
    expect(typesOf(events)).toEqual(['AppointmentAtRisk', 'AppointmentMoved']);
    expect(of(events, 'AppointmentAtRisk')[0]).toMatchObject({
      start: toIso(at('10:15')),
      capacityVersion: 2,
    });
    expect(of(events, 'AppointmentMoved')[0]).toMatchObject({
      fromStart: toIso(at('10:15')),
      start: toIso(at('10:10')),
      end: toIso(at('10:15')),
      by: 'capacity',
      words: `${toIso(at('10:10'))} Europe/Zurich`,
      say: `moved ${toIso(at('10:15'))} ${toIso(at('10:10'))}`,
      capacityVersion: 2,
      group: 'billing@end',
    });
  });

  it('of two places equally near the later one is taken', () => {
    const story = booked([0, 0, 0, 1, 0, 0, 0, 0], { handoverId: 'h1' });
    const events = story.when(change(2, [0, 0, 1, 0, 1, 0, 0, 0]));
    expect(of(events, 'AppointmentMoved')[0]?.start).toBe(toIso(at('10:20')));
  });

  it('it is moved only to times that the caller wished', () => {
    const wishes = { notBefore: toIso(at('10:15')) };
    const story = booked([0, 0, 0, 1, 0, 0, 0, 0], { handoverId: 'h1', wishes });
    const events = story.when(change(2, [0, 0, 1, 0, 0, 0, 1, 0]));
    expect(of(events, 'AppointmentMoved')[0]?.start).toBe(toIso(at('10:30')));
  });

  it('without any other place it stays at risk, visibly, until there is one', () => {
    const story = booked([0, 0, 0, 1, 0, 0], { handoverId: 'h1' });
    expect(typesOf(story.when(change(2, [0, 0, 0, 0, 0, 0])))).toEqual(['AppointmentAtRisk']);
    expect(story.reopen()).toEqual([]);
    const [secured] = of(story.when(change(3, [0, 0, 0, 1, 0, 0])), 'AppointmentSecured');
    expect(secured).toMatchObject({ capacityVersion: 3, group: 'billing@end' });
    expect(story.when(tick)).toEqual([]);
  });

  it('it gets its own place back before any other', () => {
    const story = booked([0, 0, 0, 1, 0, 0], { handoverId: 'h1' });
    story.when(change(2, [0, 0, 0, 0, 0, 0]));
    expect(typesOf(story.when(change(3, [1, 1, 1, 1, 1, 1])))).toEqual(['AppointmentSecured']);
  });

  it('a place that somebody else gives up is used for it', () => {
    const story = booked([0, 0, 1, 1, 0, 0], { handoverId: 'h1' });
    story.when(request({ handoverId: 'h2' }));
    story.when(change(2, [0, 0, 0, 1, 0, 0]));
    expect(
      of(
        story.log.map(({ event }) => event),
        'AppointmentMoved',
      ),
    ).toEqual([]);
    const events = story.wait(180 * secondMs).when(tick);
    expect(typesOf(events)).toEqual(['HoldExpired', 'AppointmentMoved']);
  });

  it('holds give way before appointments', () => {
    const story = new Story();
    story.when(project({ rows: [aRow(2, { cells: [0, 2] })] }), request(), request({ handoverId: 'h2' }));
    story.when(confirm({ offerId: story.offer().offerId }));
    const events = story.when(change(2, [0, 1]));
    expect(typesOf(events)).toEqual(['OfferReleased']);
    expect(of(events, 'OfferReleased')[0]).toMatchObject({
      handoverId: 'h2',
      reason: 'capacity-withdrawn',
      offerIds: [story.offer('h2').offerId],
    });
    const late = story.when(confirm({ handoverId: 'h2', offerId: story.offer('h2').offerId }));
    expect(of(late, 'ConfirmationRefused')[0]?.refused).toBe('hold-expired');
  });

  it.each([
    ['the oldest is kept', 'normal', 'normal', 'h2'],
    ['the most urgent is kept', 'normal', 'high', 'h1'],
  ] as const)('%s', (_, first, second, atRisk) => {
    const story = new Story();
    story.when(project({ rows: [aRow(2, { cells: [0, 2] })] }));
    for (const [handoverId, urgency] of [
      ['h1', first],
      ['h2', second],
    ] as const) {
      story.wait(secondMs).when(request({ handoverId, urgency }));
      story.when(confirm({ handoverId, offerId: story.offer(handoverId).offerId }));
    }
    const events = story.when(change(2, [0, 1]));
    expect(of(events, 'AppointmentAtRisk').map(({ handoverId }) => handoverId)).toEqual([atRisk]);
  });

  it('an appointment whose window has begun is not moved, and comes before all others', () => {
    const settings = { handleSeconds: 600 };
    const story = new Story();
    story.when(project({ rows: [aRow(2, { cells: [0, 2, 2, 2, 0, 0] })], settings }), request());
    story.when(confirm({ offerId: story.offer().offerId }));
    const wishes = { notBefore: toIso(at('10:10')) };
    story.when(request({ handoverId: 'h2', urgency: 'critical', wishes }));
    story.when(confirm({ handoverId: 'h2', offerId: story.offer('h2').offerId }));
    story.wait(6 * minuteMs);
    const events = story.when(change(2, [0, 1, 1, 1, 0, 0], { settings }));
    expect(typesOf(events)).toEqual(['AppointmentAtRisk']);
    expect(events[0]?.data.handoverId).toBe('h2');
    expect(story.when(change(3, [0, 0, 0, 0, 0, 0], { settings }))).toEqual([]);
    expect(story.reopen()).toEqual([]);
  });

  it('an appointment in progress takes its place again when capacity was away for a moment', () => {
    const settings = { handleSeconds: 600 };
    const story = new Story();
    story.when(project({ rows: [aRow(1, { cells: [1, 1, 1] })], settings }), request());
    story.when(confirm({ offerId: story.offer().offerId }));
    story.wait(2 * minuteMs);
    story.when(change(2, [0, 0, 0], { settings }), change(3, [1, 1, 1], { settings }));
    story.when(request({ handoverId: 'h2' }));
    // Its agent is at it until 10:10, and there would be nobody for two cells from then on.
    expect(story.offersOf('h2')).toEqual([]);
  });

  it('an older or repeated version changes nothing', () => {
    const story = booked([0, 0, 0, 1, 0, 0], { handoverId: 'h1' });
    story.when(change(3, [0, 0, 0, 1, 0, 0]));
    expect(story.when(change(2, [0, 0, 0, 0, 0, 0]), change(3, [0, 0, 0, 0, 0, 0]))).toEqual([]);
  });

  it('that happened while the process was down is found at the next start', () => {
    const story = booked([0, 0, 0, 1, 0, 0], { handoverId: 'h1' });
    const withdrawn = change(2, [0, 0, 0, 0, 1, 0]);
    if (withdrawn.type === 'slots.apply-capacity') story.projections.push(withdrawn.data);
    expect(typesOf(story.reopen())).toEqual(['AppointmentAtRisk', 'AppointmentMoved']);
    expect(story.when(withdrawn)).toEqual([]);
  });
});

describe('an appointment that is moved over midnight', () => {
  const settings = { callingHours: { from: '00:00', to: '00:00' } };
  const moved = (): Story => {
    const story = new Story(at('23:30'));
    const row = (cells: number[]) => [aRow(1, { from: toIso(at('23:30')), cells })];
    story.when(project({ rows: row([0, 0, 0, 0, 0, 1]), settings }), request());
    story.when(confirm({ offerId: story.offer().offerId }));
    story.when(project({ version: 2, rows: row([0, 0, 0, 0, 0, 0, 0, 1]), settings }));
    return story;
  };

  it('is flagged in the book of its old day and lives on in the book of its new one', () => {
    expect(
      moved()
        .log.slice(-2)
        .map(({ day, event }) => [day, event.type]),
    ).toEqual([
      ['2026-11-23', 'AppointmentAtRisk'],
      ['2026-11-24', 'AppointmentMoved'],
    ]);
  });

  it('comes back from the new book alone', () => {
    const story = moved();
    const kept = story.log.filter(({ day }) => day === '2026-11-24');
    story.log.splice(0, Infinity, ...kept);
    story.reopen();
    expect([...story.pool.book.appointments.values()]).toMatchObject([
      { start: at('00:05', '2026-11-24'), day: '2026-11-24', terms: { handoverId: 'h1' }, atRisk: false },
    ]);
  });

  it('a crash before the move is made good at the next start', () => {
    const story = moved();
    const lost = story.log.pop();
    expect(story.reopen()).toEqual([lost?.event]);
  });
});

describe('a holiday', () => {
  const tomorrow = '2026-11-24';
  const settings = { horizonHours: 48 };
  const day = (date: string, cells: number[]) =>
    aRow(1, { group: `billing@${date}`, from: toIso(at('10:00', date)), cells });

  it('is a day without shifts: times are offered on the next', () => {
    const story = new Story();
    story.when(project({ rows: [day(tomorrow, [1, 1])], settings }), request());
    expect(story.offersOf().map(({ start }) => start)).toEqual([toIso(at('10:00', tomorrow))]);
  });

  it('declared late moves what was promised for it to the next day, while there is room', () => {
    const story = booked([1, 1], { handoverId: 'h1' }, { handoverId: 'h2' });
    const rows = [aRow(1, { cells: [0, 0] }), day(tomorrow, [1])];
    const events = story.when(project({ version: 2, rows, settings }));
    expect(of(events, 'AppointmentMoved')).toMatchObject([
      { handoverId: 'h1', fromStart: toIso(at('10:00')), start: toIso(at('10:00', tomorrow)) },
    ]);
    expect(of(events, 'AppointmentAtRisk').map(({ handoverId }) => handoverId)).toEqual(['h2', 'h1']);
  });
});

describe('when the slot length changes', () => {
  it('what is promised keeps its time and takes every cell that it touches', () => {
    const story = booked([0, 1, 0], { handoverId: 'h1' });
    const wider = (cells: number[], version: number) =>
      project({ version, rows: [aRow(1, { cells })], settings: { slotMinutes: 10 } });
    expect(story.when(wider([1, 1], 2))).toEqual([]);
    story.when(request({ handoverId: 'h2' }));
    expect(story.offersOf('h2').map(({ start }) => start)).toEqual([toIso(at('10:10'))]);
    expect(typesOf(story.when(wider([0, 1], 3)))).toContain('AppointmentAtRisk');
  });
});
