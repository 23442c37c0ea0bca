import { type Instant } from '@handover/kernel';

/** One epoch and one speed for all processes of a system. */
export interface ScaledTime {
  /** The value of `HANDOVER_CLOCK`. */
  readonly setting: string;
  now(): Instant;
}

export function scaledTime(speed: number): ScaledTime {
  const epoch = Date.now();
  return { setting: `scaled:${epoch},${epoch},${speed}`, now: () => epoch + (Date.now() - epoch) * speed };
}
