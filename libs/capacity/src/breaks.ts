import { type Break, type ShiftPlan } from '@handover/contracts';

const minutesOfDay = 24 * 60;

/** Minutes since midnight of a time of day, `HH:MM`. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Minutes on the wall clock from one time of day to the next occurrence of another; a whole day if they are equal. */
const minutesTo = (from: string, to: string): number =>
  ((minuteOf(to) - minuteOf(from) - 1 + minutesOfDay) % minutesOfDay) + 1;

/** Why one of the breaks does not lie within the shift; undefined if all do. */
export function unfitBreak({ from, to, breaks = [] }: ShiftPlan): string | undefined {
  const length = minutesTo(from, to);
  const lies = (pause: Break): boolean => {
    const begins = minutesTo(from, pause.from) % minutesOfDay;
    return begins + minutesTo(pause.from, pause.to) <= length;
  };
  const unfit = breaks.find((pause) => !lies(pause));
  return unfit && `The break ${unfit.from}–${unfit.to} does not lie within the shift ${from}–${to}.`;
}
