import { type ConfirmRefusal, type NoSlotReason, type Voice } from '@handover/contracts';
import { type Instant, type TimeZone } from '@handover/kernel';

/** What the slot book says to callers. Passed in (@handover/words): a context does not import another. */
export interface Speech {
  /** False for a time that the zone's wall clock shows twice: it is never offered. */
  isSpeakable(start: Instant, zone: TimeZone): boolean;
  spokenTime(start: Instant, zone: TimeZone, now: Instant, language: string): string;
  offersSentence(starts: readonly Instant[], now: Instant, voice: Voice): string;
  confirmedSentence(start: Instant, now: Instant, voice: Voice): string;
  movedSentence(from: Instant, to: Instant, now: Instant, voice: Voice): string;
  noSlotSentence(reason: NoSlotReason, now: Instant, voice: Voice, nextOpening?: Instant): string;
  holdExpiredSentence(starts: readonly Instant[], now: Instant, voice: Voice): string;
  refusedSentence(refused: ConfirmRefusal, voice: Pick<Voice, 'language'>): string;
}
