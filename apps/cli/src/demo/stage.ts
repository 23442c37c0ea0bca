import { type Clock, type Instant } from '@handover/kernel';
import { type Api } from './api.js';
import { type Tally } from './tally.js';

/** What every actor of the demo has: the system, the time, and a book of what it did. */
export interface Stage {
  readonly api: Api;
  readonly clock: Clock;
  readonly tally: Tally;
}

/** Resolves at a moment of domain time; at once if it is past. */
export const until = (clock: Clock, moment: Instant): Promise<void> =>
  new Promise((resolve) => {
    clock.at(moment, resolve);
  });
