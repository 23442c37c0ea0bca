import { type ConfirmRefusal, type Disposition, type NoSlotReason, type Voice } from '@handover/contracts';
import { type Instant, type TimeZone } from '@handover/kernel';
import { tableFor } from './language.js';
import { type Moment, isSpeakable, momentOf } from './moment.js';

/**
 * A start as a person would say it, in the caller's zone: "at 2:15 this afternoon", "tomorrow at 9:30 in the morning".
 * @param now when it is spoken: it decides between "this afternoon" and "tomorrow"
 */
export const spokenTime = (start: Instant, zone: TimeZone, now: Instant, language: string): string =>
  tableFor(language).time(momentOf(start, zone, now));

/** One to three times in one breath: "at 2:15 this afternoon, at 2:45 or at 3:20". */
function spokenChoice(starts: readonly Instant[], now: Instant, { language, timeZone }: Voice): string {
  const table = tableFor(language);
  let before: Moment | undefined;
  const times = starts.map((start) => {
    const moment = momentOf(start, timeZone, now);
    const words = table.time(moment, before);
    before = moment;
    return words;
  });
  return table.choice(times);
}

/** The times that a caller may choose from. `starts` holds at least one, in the order to be said. */
export const offersSentence = (starts: readonly Instant[], now: Instant, voice: Voice): string =>
  tableFor(voice.language).offers(spokenChoice(starts, now, voice));

export const confirmedSentence = (start: Instant, now: Instant, voice: Voice): string =>
  tableFor(voice.language).confirmed(spokenTime(start, voice.timeZone, now, voice.language));

/** What the caller is told before the old window opens. */
export const movedSentence = (from: Instant, to: Instant, now: Instant, voice: Voice): string =>
  tableFor(voice.language).moved(
    spokenTime(from, voice.timeZone, now, voice.language),
    spokenTime(to, voice.timeZone, now, voice.language),
  );

/** Says why no time is offered, and when there are hours again, if that is known and can be said exactly. */
export function noSlotSentence(
  reason: NoSlotReason,
  now: Instant,
  voice: Voice,
  nextOpening?: Instant,
): string {
  const table = tableFor(voice.language);
  const known = nextOpening !== undefined && isSpeakable(nextOpening, voice.timeZone);
  if (!known) return table.noSlot[reason];
  return `${table.noSlot[reason]} ${table.nextOpening(spokenTime(nextOpening, voice.timeZone, now, voice.language))}`;
}

/** The accepted time is gone; `starts` are held afresh, and may be none. */
export const holdExpiredSentence = (starts: readonly Instant[], now: Instant, voice: Voice): string =>
  starts.length === 0
    ? refusedSentence('hold-expired', voice)
    : tableFor(voice.language).freshOffers(spokenChoice(starts, now, voice));

/** A confirmation was refused, and there is no other time to offer. */
export const refusedSentence = (refused: ConfirmRefusal, voice: Pick<Voice, 'language'>): string =>
  tableFor(voice.language).refused[refused];

export const cancelledSentence = (voice: Pick<Voice, 'language'>): string =>
  tableFor(voice.language).cancelled;

export const declinedSentence = (voice: Pick<Voice, 'language'>): string => tableFor(voice.language).declined;

/** The answer did not arrive in time: the bot keeps the caller and asks again. */
export const pendingSentence = (voice: Pick<Voice, 'language'>): string => tableFor(voice.language).pending;

/** All offers have run out. */
export const expiredSentence = (voice: Pick<Voice, 'language'>): string => tableFor(voice.language).expired;

/** A newer request of the same caller took the place of this one. */
export const supersededSentence = (voice: Pick<Voice, 'language'>): string =>
  tableFor(voice.language).superseded;

/** The window has closed and nobody was dialled; a late call is still allowed. */
export const missedSentence = (start: Instant, now: Instant, voice: Voice): string =>
  tableFor(voice.language).missed(spokenTime(start, voice.timeZone, now, voice.language));

export const dialingSentence = (voice: Pick<Voice, 'language'>): string => tableFor(voice.language).dialing;

/** Nobody was reached, and another dial follows. */
export const againSentence = (voice: Pick<Voice, 'language'>): string => tableFor(voice.language).again;

export const connectedSentence = (voice: Pick<Voice, 'language'>): string =>
  tableFor(voice.language).connected;

/** What became of the call. */
export const endedSentence = (disposition: Disposition, voice: Pick<Voice, 'language'>): string =>
  tableFor(voice.language).ended[disposition];
