import { spanText } from './spans.js';

/** How fast something goes and when it will be over, in words: `12,400/s, 3.2 s left`. */
export function paceText(done: number, elapsedMs: number, share: number): string {
  if (elapsedMs < 1 || done === 0) return '';
  const perSecond = Math.round((done * 1_000) / elapsedMs).toLocaleString('en');
  const left = share > 0 && share < 1 ? `, ${spanText((elapsedMs * (1 - share)) / share)} left` : '';
  return `${perSecond}/s${left}`;
}
