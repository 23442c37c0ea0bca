import { dayMs, hourMs, minuteMs, secondMs } from '@handover/kernel';

const units: readonly (readonly [string, number])[] = [
  ['d', dayMs],
  ['h', hourMs],
  ['min', minuteMs],
  ['s', secondMs],
];

/** A span of milliseconds as a person says it, in its two largest units: `2 h 5 min`, `1.3 s`, `40 ms`. */
export function spanText(spanMs: number): string {
  if (spanMs < secondMs) return `${Math.round(spanMs)} ms`;
  if (spanMs < minuteMs) return `${Number((spanMs / secondMs).toFixed(1))} s`;
  const largest = units.findIndex(([, unitMs]) => spanMs >= unitMs);
  const [unit = ['', 1] as const, next] = units.slice(largest);
  const whole = Math.floor(spanMs / unit[1]);
  const rest = next ? Math.floor((spanMs - whole * unit[1]) / next[1]) : 0;
  return next && rest > 0 ? `${whole} ${unit[0]} ${rest} ${next[0]}` : `${whole} ${unit[0]}`;
}
