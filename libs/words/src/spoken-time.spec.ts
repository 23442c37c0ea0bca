import { atLocalTime, fromIso, hourMs, minuteMs } from '@handover/kernel';
import { isSpeakable, spokenTime } from './index.js';

const zurich = 'Europe/Zurich';
const monday = '2026-11-23';
const now = atLocalTime(monday, '10:00', zurich);
const at = (date: string, time: string, language = 'en', spokenAt = now): string =>
  spokenTime(atLocalTime(date, time, zurich), zurich, spokenAt, language);

describe('a time in English', () => {
  it.each([
    [monday, '10:20', 'at 10:20 this morning'],
    [monday, '12:00', 'at noon today'],
    [monday, '12:05', 'at 12:05 this afternoon'],
    [monday, '14:15', 'at 2:15 this afternoon'],
    [monday, '16:00', "at 4 o'clock this afternoon"],
    [monday, '18:40', 'at 6:40 this evening'],
    [monday, '21:30', 'at 9:30 tonight'],
    ['2026-11-24', '09:30', 'tomorrow at 9:30 in the morning'],
    ['2026-11-24', '12:00', 'tomorrow at noon'],
    ['2026-11-24', '22:10', 'tomorrow at 10:10 at night'],
    ['2026-11-26', '09:05', 'on Thursday at 9:05 in the morning'],
    ['2026-11-29', '17:00', "on Sunday at 5 o'clock in the evening"],
    ['2026-11-30', '15:00', "on Monday, November 30th, at 3 o'clock in the afternoon"],
    ['2026-12-01', '15:20', 'on Tuesday, December 1st, at 3:20 in the afternoon'],
    ['2026-12-02', '15:20', 'on Wednesday, December 2nd, at 3:20 in the afternoon'],
    ['2026-12-03', '15:20', 'on Thursday, December 3rd, at 3:20 in the afternoon'],
    ['2026-12-11', '15:20', 'on Friday, December 11th, at 3:20 in the afternoon'],
  ])('on %s at %s is said "%s"', (date, time, words) => {
    expect(at(date, time)).toBe(words);
  });
});

describe('a time in German', () => {
  it.each([
    [monday, '14:15', 'heute um 14 Uhr 15'],
    [monday, '12:00', 'heute um 12 Uhr'],
    [monday, '21:05', 'heute um 21 Uhr 5'],
    ['2026-11-24', '09:30', 'morgen um 9 Uhr 30'],
    ['2026-11-26', '09:00', 'am Donnerstag um 9 Uhr'],
    ['2026-11-30', '15:00', 'am Montag, dem 30. November, um 15 Uhr'],
  ])('on %s at %s is said "%s"', (date, time, words) => {
    expect(at(date, time, 'de')).toBe(words);
  });
});

describe('small hours name the night between two days, whichever side of midnight it is said on', () => {
  const beforeMidnight = atLocalTime(monday, '23:40', zurich);
  const afterMidnight = atLocalTime('2026-11-24', '00:05', zurich);

  it.each([
    ['00:00', 'at midnight between Monday and Tuesday', 'um 0 Uhr in der Nacht auf Dienstag'],
    ['00:30', 'at 12:30 in the early hours of Tuesday', 'um 0 Uhr 30 in der Nacht auf Dienstag'],
    ['04:45', 'at 4:45 in the early hours of Tuesday', 'um 4 Uhr 45 in der Nacht auf Dienstag'],
  ])('%s', (time, english, german) => {
    for (const spokenAt of [beforeMidnight, afterMidnight]) {
      expect(at('2026-11-24', time, 'en', spokenAt)).toBe(english);
      expect(at('2026-11-24', time, 'de', spokenAt)).toBe(german);
    }
  });

  it('with the date, if the weekday alone would not tell', () => {
    expect(at('2026-12-02', '00:30')).toBe('at 12:30 in the early hours of Wednesday, December 2nd');
    expect(at('2026-12-02', '00:00')).toBe('at midnight between Tuesday and Wednesday, December 2nd');
    expect(at('2026-12-02', '00:30', 'de')).toBe('um 0 Uhr 30 in der Nacht auf Mittwoch, den 2. Dezember');
  });

  it('midnight before a Monday is between Sunday and Monday', () => {
    expect(at('2026-11-30', '00:00', 'en', atLocalTime('2026-11-28', '10:00', zurich))).toBe(
      'at midnight between Sunday and Monday',
    );
  });
});

describe('today and tomorrow are those of the caller', () => {
  const lateInZurich = atLocalTime(monday, '23:30', zurich);
  const start = lateInZurich + hourMs;

  it('a start after midnight in the pool is still this afternoon in New York', () => {
    expect(spokenTime(start, 'America/New_York', lateInZurich, 'en')).toBe('at 6:30 this evening');
    expect(spokenTime(start, zurich, lateInZurich, 'en')).toBe('at 12:30 in the early hours of Tuesday');
  });

  it('a start today in the pool is tomorrow in Auckland', () => {
    const noon = atLocalTime(monday, '11:50', zurich);
    expect(spokenTime(noon + 30 * minuteMs, 'Pacific/Auckland', noon, 'en')).toBe(
      'at 12:20 in the early hours of Tuesday',
    );
    expect(spokenTime(noon + 9 * hourMs, 'Pacific/Auckland', noon, 'en')).toBe(
      'tomorrow at 8:50 in the morning',
    );
  });

  it('days are counted on the calendar, not in spans of 24 hours: across a changeover too', () => {
    const saturdayNight = atLocalTime('2027-03-27', '23:50', zurich);
    const sunday = atLocalTime('2027-03-28', '09:00', zurich);
    expect(spokenTime(sunday, zurich, saturdayNight, 'en')).toBe("tomorrow at 9 o'clock in the morning");
  });
});

describe('the language falls back from region to language to English', () => {
  it.each([
    ['de-CH', 'heute um 14 Uhr 15'],
    ['de', 'heute um 14 Uhr 15'],
    ['en-GB', 'at 2:15 this afternoon'],
    ['fr-CH', 'at 2:15 this afternoon'],
  ])('%s', (language, words) => {
    expect(at(monday, '14:15', language)).toBe(words);
  });
});

describe('a time that a clock change makes ambiguous is not speakable', () => {
  it.each([
    ['Europe/Zurich', '2026-10-24T23:59:00Z', true],
    ['Europe/Zurich', '2026-10-25T00:00:00Z', false],
    ['Europe/Zurich', '2026-10-25T01:55:00Z', false],
    ['Europe/Zurich', '2026-10-25T02:00:00Z', true],
    ['America/New_York', '2026-11-01T05:30:00Z', false],
    ['America/New_York', '2026-11-01T06:30:00Z', false],
    ['America/New_York', '2026-11-01T07:00:00Z', true],
    ['Australia/Lord_Howe', '2026-04-04T14:45:00Z', false],
    ['Australia/Lord_Howe', '2026-04-04T15:15:00Z', false],
    ['Australia/Lord_Howe', '2026-04-04T15:30:00Z', true],
    ['Europe/Zurich', '2026-03-29T01:00:00Z', true],
  ])('%s %s: %s', (zone, instant, speakable) => {
    expect(isSpeakable(fromIso(instant), zone)).toBe(speakable);
  });

  it('the two moments of one wall-clock time would sound the same', () => {
    const say = (instant: string): string =>
      spokenTime(fromIso(instant), zurich, fromIso('2026-10-24T18:00:00Z'), 'en');
    expect(say('2026-10-25T00:30:00Z')).toBe(say('2026-10-25T01:30:00Z'));
  });
});
