import { confirmRefusals, dispositions, noSlotReasons } from '@handover/contracts';
import { atLocalTime, fromIso } from '@handover/kernel';
import * as words from './index.js';
import { tables } from './tables/index.js';

const timeZone = 'Europe/Zurich';
const at = (time: string, date = '2026-11-23'): number => atLocalTime(date, time, timeZone);
const now = at('10:00');
const english = { language: 'en', timeZone };
const german = { language: 'de-CH', timeZone };

describe('offers', () => {
  it('are one sentence, each time once, what is known not said again', () => {
    expect(words.offersSentence([at('14:15'), at('14:45'), at('15:20')], now, english)).toBe(
      'I was not able to resolve that today, but I can schedule a call with a specialist at 2:15 this afternoon, at 2:45 or at 3:20.',
    );
    expect(words.offersSentence([at('14:15'), at('14:45'), at('15:20')], now, german)).toBe(
      'Ich konnte das heute leider nicht lösen, aber ich kann Ihnen einen Rückruf einer Fachperson vereinbaren, und zwar heute um 14 Uhr 15, um 14 Uhr 45 oder um 15 Uhr 20.',
    );
  });

  it('one time is said alone', () => {
    expect(words.offersSentence([at('14:15')], now, english)).toBe(
      'I was not able to resolve that today, but I can schedule a call with a specialist at 2:15 this afternoon.',
    );
  });

  it('the part of the day and the day are said again when they change', () => {
    const starts = [
      at('11:40'),
      at('12:00'),
      at('16:30'),
      at('09:30', '2026-11-24'),
      at('14:00', '2026-11-24'),
    ];
    expect(words.offersSentence(starts, now, english)).toContain(
      "at 11:40 this morning, at noon today, at 4:30 this afternoon, tomorrow at 9:30 in the morning or at 2 o'clock in the afternoon.",
    );
    expect(words.offersSentence(starts, now, german)).toContain(
      'heute um 11 Uhr 40, um 12 Uhr, um 16 Uhr 30, morgen um 9 Uhr 30 oder um 14 Uhr.',
    );
  });

  it('after small hours the day is said again', () => {
    const starts = [at('00:30', '2026-11-24'), at('08:00', '2026-11-24')];
    expect(words.offersSentence(starts, now, english)).toContain(
      "at 12:30 in the early hours of Tuesday or tomorrow at 8 o'clock in the morning.",
    );
    expect(words.offersSentence(starts, now, german)).toContain(
      'um 0 Uhr 30 in der Nacht auf Dienstag oder morgen um 8 Uhr.',
    );
  });
});

describe('what becomes of an appointment', () => {
  it('confirmed says when', () => {
    expect(words.confirmedSentence(at('14:15'), now, english)).toBe(
      'Thank you, a specialist will call you at 2:15 this afternoon.',
    );
    expect(words.confirmedSentence(at('14:15'), now, german)).toBe(
      'Vielen Dank, eine Fachperson ruft Sie heute um 14 Uhr 15 an.',
    );
  });

  it('moved says both times', () => {
    expect(words.movedSentence(at('14:15'), at('09:30', '2026-11-24'), now, english)).toBe(
      'I am sorry, we cannot call you at 2:15 this afternoon as we agreed; a specialist will call you tomorrow at 9:30 in the morning instead.',
    );
  });

  it('a lost hold offers the fresh times, or says that there are none', () => {
    expect(words.holdExpiredSentence([at('14:45'), at('15:20')], now, english)).toBe(
      'I am sorry, that time is no longer free, but I can schedule a call with a specialist at 2:45 this afternoon or at 3:20.',
    );
    expect(words.holdExpiredSentence([], now, english)).toBe(words.refusedSentence('hold-expired', english));
  });

  it('no slot says when there are hours again', () => {
    expect(words.noSlotSentence('no-shifts', now, english, at('09:00', '2026-11-24'))).toBe(
      "I am sorry, none of our specialists is on duty in the coming hours, so I cannot schedule a call. Our specialists are next on duty tomorrow at 9 o'clock in the morning.",
    );
  });

  it('an opening that cannot be said exactly is not said', () => {
    const repeatedHour = fromIso('2026-10-25T00:30:00Z');
    expect(words.noSlotSentence('no-shifts', fromIso('2026-10-24T18:00:00Z'), english, repeatedHour)).toBe(
      words.noSlotSentence('no-shifts', now, english),
    );
  });
});

describe.each(tables.tags)('in %s', (language) => {
  const voice = { language, timeZone };
  const far = at('00:30', '2026-12-30');
  const spoken: readonly (readonly [string, string])[] = [
    ...noSlotReasons.flatMap((reason): [string, string][] => [
      [`no slot: ${reason}`, words.noSlotSentence(reason, now, voice)],
      [`no slot, opening: ${reason}`, words.noSlotSentence(reason, now, voice, far)],
    ]),
    ...confirmRefusals.map((refused): [string, string] => [
      `refused: ${refused}`,
      words.refusedSentence(refused, voice),
    ]),
    ['offers', words.offersSentence([far, far, far], now, voice)],
    ['confirmed', words.confirmedSentence(far, now, voice)],
    ['moved', words.movedSentence(far, far, now, voice)],
    ['hold expired', words.holdExpiredSentence([far, far, far], now, voice)],
    ['cancelled', words.cancelledSentence(voice)],
    ['declined', words.declinedSentence(voice)],
    ['pending', words.pendingSentence(voice)],
    ['expired', words.expiredSentence(voice)],
    ['superseded', words.supersededSentence(voice)],
    ['missed', words.missedSentence(far, now, voice)],
    ['dialing', words.dialingSentence(voice)],
    ['again', words.againSentence(voice)],
    ['connected', words.connectedSentence(voice)],
    ...dispositions.map((ended): [string, string] => [`ended: ${ended}`, words.endedSentence(ended, voice)]),
  ];

  it.each(spoken)('%s is a whole sentence that a voice can read and an event can hold', (_, sentence) => {
    expect(sentence).toMatch(/^\p{Lu}.*\p{L}.*\.$/u);
    expect(sentence).not.toMatch(/undefined|NaN|null|\s{2}|[,;]\.|\[|\{|ß/);
    expect(sentence.length).toBeLessThanOrEqual(500);
  });

  it('says different things in different cases', () => {
    const refusals = confirmRefusals.map((refused) => words.refusedSentence(refused, voice));
    const noSlots = noSlotReasons.map((reason) => words.noSlotSentence(reason, now, voice));
    expect(new Set([...refusals, ...noSlots]).size).toBe(confirmRefusals.length + noSlotReasons.length);
  });

  it('every start of two days sounds different from every other', () => {
    const starts = Array.from({ length: 576 }, (_, cell) => at('00:00') + cell * 300_000);
    const said = starts.map((start) => words.spokenTime(start, timeZone, at('00:00'), language));
    expect(new Set(said).size).toBe(starts.length);
  });
});
