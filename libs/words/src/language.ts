import { type ConfirmRefusal, type Disposition, type NoSlotReason } from '@handover/contracts';
import { type Moment } from './moment.js';
import { tables } from './tables/index.js';

/** Everything that is said in one language. A new language is a new table: nothing else knows words. */
export interface LanguageTable {
  /** BCP 47: a language (`de`), or a language of a region (`de-CH`) where it differs. */
  readonly tag: string;
  /**
   * A time as it is spoken, ready to follow "I can call you …". In a list `before` is the time said just before:
   * what the listener still has in mind, the day or the part of the day, is not said again.
   */
  time(moment: Moment, before?: Moment): string;
  /** "a, b or c". */
  choice(times: readonly string[]): string;
  offers(times: string): string;
  confirmed(time: string): string;
  moved(from: string, to: string): string;
  /** The hold or the time is gone, and here are others. */
  freshOffers(times: string): string;
  nextOpening(time: string): string;
  readonly noSlot: Readonly<Record<NoSlotReason, string>>;
  readonly refused: Readonly<Record<ConfirmRefusal, string>>;
  readonly cancelled: string;
  readonly declined: string;
  readonly pending: string;
  /** All holds ran out. */
  readonly expired: string;
  readonly superseded: string;
  /** The agreed time has passed without a call; it is still to come. */
  missed(time: string): string;
  readonly dialing: string;
  /** A dial reached nobody, and another one follows. */
  readonly again: string;
  readonly connected: string;
  /** How the callback ended. */
  readonly ended: Readonly<Record<Disposition, string>>;
}

/** The table for a language tag: itself, then its language without the region, then English. */
export function tableFor(language: string): LanguageTable {
  const [primary = ''] = language.split('-');
  return tables.get(language) ?? tables.get(primary) ?? tables.english;
}
