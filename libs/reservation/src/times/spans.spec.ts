import {
  addDays,
  atLocalTime,
  hourMs,
  inZone,
  isAmbiguous,
  minuteMs,
  startOfDay,
  toIso,
} from '@handover/kernel';
import { aRow, plainSpeech, project, request } from '../testing/builders.js';
import { Story } from '../testing/story.js';
import { spansWithin } from './spans.js';

const day = { from: '08:00', to: '21:00' };

/** Hours on the clock face of each stretch, over one local day and the next. */
const spans = (date: string, zone: string, calling = day): string[] => {
  const from = atLocalTime(date, '00:00', zone);
  const found = [...spansWithin({ from, to: from + 30 * hourMs }, { zone, calling })];
  const clock = (at: number): string => inZone(at, zone).toPlainDateTime().toString().slice(5, 16);
  return found.map(({ from: begin, to }) => `${clock(begin)}–${clock(to)} ${(to - begin) / hourMs} h`);
};

describe('calling hours are those on the wall clock, also when the clocks change', () => {
  it.each([
    ['2026-03-29', 'Europe/Zurich', ['03-29T08:00–03-29T21:00 13 h']],
    ['2026-10-25', 'Europe/Zurich', ['10-25T08:00–10-25T21:00 13 h']],
    ['2026-03-08', 'America/New_York', ['03-08T08:00–03-08T21:00 13 h']],
    ['2026-11-01', 'America/New_York', ['11-01T08:00–11-01T21:00 13 h']],
    ['2026-10-04', 'Australia/Lord_Howe', ['10-04T08:00–10-04T21:00 13 h']],
  ])('%s in %s', (date, zone, expected) => {
    expect(spans(date, zone)).toEqual(expected);
  });

  it.each([
    ['2026-03-29', 'Europe/Zurich', '03-29T01:00–03-29T04:00 2 h'],
    ['2026-10-25', 'Europe/Zurich', '10-25T01:00–10-25T04:00 4 h'],
    ['2026-11-01', 'America/New_York', '11-01T01:00–11-01T04:00 4 h'],
    ['2026-04-05', 'Australia/Lord_Howe', '04-05T01:00–04-05T04:00 3.5 h'],
    ['2026-10-04', 'Australia/Lord_Howe', '10-04T01:00–10-04T04:00 2.5 h'],
  ])('an hour that is missing or repeated makes them shorter or longer: %s in %s', (date, zone, expected) => {
    expect(spans(date, zone, { from: '01:00', to: '04:00' })[0]).toBe(expected);
  });

  it('hours over midnight belong to both days', () => {
    expect(spans('2026-11-23', 'Europe/Zurich', { from: '22:00', to: '02:00' })).toEqual([
      '11-23T00:00–11-23T02:00 2 h',
      '11-23T22:00–11-24T00:00 2 h',
      '11-24T00:00–11-24T02:00 2 h',
    ]);
  });

  it('hours that end when they begin last all day', () => {
    expect(spans('2026-11-23', 'Europe/Zurich', { from: '00:00', to: '00:00' })[0]).toBe(
      '11-23T00:00–11-24T00:00 24 h',
    );
  });
});

describe.each([
  ['Europe/Zurich', '2026-10-25', '01:50'],
  ['America/New_York', '2026-11-01', '00:50'],
  ['Australia/Lord_Howe', '2026-04-05', '01:20'],
])('in the night in which %s sets its clocks back', (zone, date, time) => {
  it('no time is offered that the clock shows twice', () => {
    const now = atLocalTime(date, time, zone);
    const story = new Story(now, {
      ...plainSpeech,
      isSpeakable: (start, inWhich) => !isAmbiguous(start, inWhich),
    });
    const row = aRow(1, { from: new Date(now).toISOString(), hours: 6 });
    const settings = { timeZone: zone, callingHours: { from: '00:00', to: '00:00' } };
    story.when(project({ rows: [row], settings }), request({ timeZone: zone, urgency: 'critical' }));
    story.when(request({ handoverId: 'h2', timeZone: zone }));
    const starts = [...story.offersOf(), ...story.offersOf('h2')].map(({ start }) => Date.parse(start));
    expect(starts).toHaveLength(6);
    expect(starts.filter((start) => isAmbiguous(start, zone))).toEqual([]);
    // The repeated stretch is skipped, not the night.
    expect(Math.max(...starts) - now).toBeGreaterThan(60 * minuteMs);
  });
});

describe.each([
  ['Europe/Zurich', '2026-03-29', 23],
  ['Europe/Zurich', '2026-10-25', 25],
  ['America/New_York', '2026-03-08', 23],
  ['America/New_York', '2026-11-01', 25],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Australia/Lord_Howe', '2026-10-04', 23.5],
])('a pool in %s on %s, a day of %d hours', (timeZone, date, hours) => {
  it('writes what begins on that day, by its own calendar, into the book of that day', () => {
    const midnight = startOfDay(date, timeZone);
    const story = new Story(midnight - 60 * minuteMs);
    const row = aRow(1, { from: toIso(midnight - 30 * minuteMs), hours: 30 });
    const settings = { timeZone, horizonHours: 48, callingHours: { from: '00:00', to: '00:00' } };
    story.when(project({ rows: [row], settings }));
    const bookOf = (handoverId: string, start: number): [string, string] => {
      const wishes = { notBefore: toIso(start), notAfter: toIso(start + 5 * minuteMs) };
      story.when(request({ handoverId, timeZone, wishes }));
      return [story.log.at(-1)?.day ?? '', story.offersOf(handoverId)[0]?.start ?? ''];
    };
    const next = midnight + hours * 60 * minuteMs;
    const starts = [midnight - 5 * minuteMs, midnight, next - 5 * minuteMs, next];
    expect(starts.map((start, index) => bookOf(`h${index}`, start))).toEqual([
      [addDays(date, -1), toIso(midnight - 5 * minuteMs)],
      [date, toIso(midnight)],
      [date, toIso(next - 5 * minuteMs)],
      [addDays(date, 1), toIso(next)],
    ]);
  });
});
