import { type Random } from '@handover/kernel';

/** A standard normal number (Box–Muller). */
export const normalFrom = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
