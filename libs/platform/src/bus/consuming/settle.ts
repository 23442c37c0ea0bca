import { type Logger } from 'pino';
import { StoreUnavailable } from '../../event-store/faults.js';
import { BusUnavailable, MessageFault } from '../faults.js';
import { type BackOff, type LoggedMessage, type MessageHandler } from '../port.js';
import { delayMs, pause } from './back-off.js';

/** Why a message is put aside: its own failure, or an earlier message of its key that was put aside. */
export type Parking =
  { readonly error: unknown; readonly attempts: number } | { readonly behind: true; readonly attempts: 0 };

/** Where messages go that cannot be handled. */
export interface ParkingPlace {
  /** True if an earlier message of this key is parked: this one must wait behind it. */
  holds(message: LoggedMessage): boolean;
  /** Resolves when the message is durable there, later messages of the key will be held, or `signal` has fired. */
  park(message: LoggedMessage, why: Parking, signal: AbortSignal): Promise<void>;
}

/** Counters of one consumer. */
interface Tally {
  retrying: number;
  handled: number;
  deadLettered: number;
}

export interface AttemptOptions {
  readonly handler: MessageHandler;
  readonly maxAttempts: number;
  readonly backOff: BackOff;
  readonly tally: Tally;
  readonly log: Logger;
}

export interface SettleOptions extends AttemptOptions {
  readonly parking: ParkingPlace;
}

/** What became of the attempts at one message. */
export type Outcome =
  { readonly handled: true } | { readonly failed: Parking } | { readonly abandoned: true };

const isOutage = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof BusUnavailable;

/** Tries a message until it is handled, is at fault, has used up its attempts, or `signal` fires. */
export async function attempt(
  message: LoggedMessage,
  { handler, maxAttempts, backOff, tally, log }: AttemptOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  // Attempts that met an outage were no attempts at the message: they count for back-off only.
  for (let failures = 0, tries = 1; !signal.aborted; tries += 1) {
    try {
      await handler({ ...message, attempt: tries });
      tally.retrying -= tries > 1 ? 1 : 0;
      return { handled: true };
    } catch (error) {
      if (tries === 1) tally.retrying += 1;
      failures += isOutage(error) ? 0 : 1;
      if (error instanceof MessageFault || failures >= maxAttempts) {
        tally.retrying -= 1;
        return { failed: { error, attempts: tries } };
      }
      const { topic, partition, offset } = message;
      const waitMs = delayMs(tries, backOff);
      log.warn(
        { topic, partition, offset, attempt: tries, waitMs, error: nameOf(error) },
        'message failed, retrying',
      );
      await pause(waitMs, signal);
      if (signal.aborted) tally.retrying -= 1;
    }
  }
  return { abandoned: true };
}

/** Sees one message to its end: handled, or parked. False if `signal` fired before that. */
export async function settle(
  message: LoggedMessage,
  options: SettleOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const { parking, tally } = options;
  const outcome: Outcome = parking.holds(message)
    ? { failed: { behind: true, attempts: 0 } }
    : await attempt(message, options, signal);
  if ('abandoned' in outcome) return false;
  if ('handled' in outcome) {
    tally.handled += 1;
    return true;
  }
  // It stays in hand until its letter is written: an operator must see it while that fails.
  tally.retrying += 1;
  await parking.park(message, outcome.failed, signal);
  tally.retrying -= 1;
  if (signal.aborted) return false;
  tally.deadLettered += 1;
  return true;
}

/** What an error may say of itself in logs and headers. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
