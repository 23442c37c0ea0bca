import { type CancelTimer, type Clock, type Instant } from '@handover/kernel';
import { machineWall, type Wall } from './wall.js';

/** Timers do not see the wall clock jump ahead: look at it this often. */
const lookAgainMs = 5_000;

/**
 * Domain time that began at `domainEpoch` when the wall clock showed `wallEpoch`, and passes `speed` times as fast.
 * Every process given the same three numbers shows the same time. Before its epoch it shows earlier times.
 */
export function scaledClock(
  wallEpoch: Instant,
  domainEpoch: Instant,
  speed: number,
  wall: Wall = machineWall,
): Clock {
  if (!(speed > 0)) throw new RangeError('The speed of a clock must be a number above 0.');
  let latest = -Infinity;
  const now = (): Instant => {
    latest = Math.max(latest, Math.floor(domainEpoch + (wall.now() - wallEpoch) * speed));
    return latest;
  };
  const at = (moment: Instant, fire: () => void): CancelTimer => {
    let cancel: CancelTimer = () => undefined;
    // Timers may fire a little early, and the wall clock may be set, back or ahead: wait until the moment is really there.
    const wait = (): void => {
      const restMs = Math.max(0, Math.ceil((moment - now()) / speed));
      cancel = wall.after(Math.min(restMs, lookAgainMs), () => (now() >= moment ? fire() : wait()));
    };
    wait();
    return () => cancel();
  };
  return { now, at };
}

/** The machine's own time. */
export const systemClock = (wall: Wall = machineWall): Clock => scaledClock(0, 0, 1, wall);

/**
 * The clock that a text names: `system` or `scaled:<wall epoch ms>,<domain epoch ms>,<speed>`.
 * @throws RangeError if it is neither
 */
export function openClock(text: string, wall: Wall = machineWall): Clock {
  if (text === 'system') return systemClock(wall);
  const [, wallEpoch, domainEpoch, speed] = /^scaled:(\d+),(\d+),(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (!wallEpoch || !domainEpoch || !speed)
    throw new RangeError('A clock is "system" or "scaled:<wall epoch ms>,<domain epoch ms>,<speed>".');
  return scaledClock(Number(wallEpoch), Number(domainEpoch), Number(speed), wall);
}
