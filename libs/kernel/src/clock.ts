import { type Instant } from './instant.js';

/** Stops a timer. Calling it again, or after the timer fired, does nothing. */
export type CancelTimer = () => void;

/**
 * Time as the domain sees it: the only place where a decision's time or a domain timer comes from.
 * A clock may run faster than the wall clock (demos) or by hand (tests). Machine waits (retry back-off,
 * request deadlines, leases) are about computers, not about callers: they use wall time, see platform.
 */
export interface Clock {
  /** The present moment. Never goes back within one process. */
  now(): Instant;
  /** Calls `fire` once, at or after the moment; at once (but never synchronously) if it is past. `fire` must not throw. */
  at(moment: Instant, fire: () => void): CancelTimer;
}
