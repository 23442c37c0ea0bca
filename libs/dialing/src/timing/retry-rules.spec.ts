import { minuteMs, secondMs } from '@handover/kernel';
import { usualSettings } from '../settings.js';
import { briefedAgent, daytime, end, givenKnown, happened, start } from '../testing/index.js';
import { nextDial } from './retry-rules.js';

const { retry: rules } = usualSettings;
const after = (
  outcome: 'busy' | 'no-answer' | 'voicemail' | 'failed' | 'wrong-number' | 'declined',
  at: number,
) => givenKnown(...briefedAgent, happened.started(start), happened.ended(at, { outcome }));
const dialAfter = (...[outcome, at]: Parameters<typeof after>) =>
  nextDial(after(outcome, at), rules, daytime, at);

describe('the next dial', () => {
  it('is at the begin of the window', () => {
    expect(nextDial(givenKnown(happened.scheduled()), rules, daytime, start - minuteMs)).toBe(start);
  });

  it.each([
    ['failed', 30],
    ['busy', 60],
    ['no-answer', 120],
    ['voicemail', 180],
  ] as const)('inside the window comes after %s in %i s', (outcome, seconds) => {
    expect(dialAfter(outcome, start)).toBe(start + seconds * secondMs);
  });

  it.each([
    ['failed', 5],
    ['busy', 10],
    ['no-answer', 30],
    ['voicemail', 60],
  ] as const)('after the window comes after %s in %i min', (outcome, minutes) => {
    expect(dialAfter(outcome, end)).toBe(end + minutes * minuteMs);
  });

  it('that would begin just as the window ends comes after the window', () => {
    const [nearEnd, lateBy] = [end - 60 * secondMs, 10 * minuteMs];
    expect(dialAfter('busy', nearEnd - 1)).toBe(end - 1);
    expect(dialAfter('busy', nearEnd)).toBe(nearEnd + lateBy);
  });

  it.each(['wrong-number', 'declined'] as const)('does not come after %s', (outcome) => {
    expect(dialAfter(outcome, start)).toBeUndefined();
  });

  it('does not come after the third attempt', () => {
    const thrice = givenKnown(
      ...briefedAgent,
      ...[1, 2, 3].flatMap((number) => [
        happened.started(start + number, number),
        happened.ended(start + number, { attempt: number, outcome: 'busy' }),
      ]),
    );
    expect(nextDial(thrice, rules, daytime, end)).toBeUndefined();
  });

  it('waits for the morning when the calling hours are over, unless that is too late', () => {
    const evening = { ...daytime, to: '14:18' };
    expect(nextDial(after('busy', start + 150 * secondMs), rules, evening, end)).toBeUndefined();
    const patient = { ...rules, lateMs: 24 * 60 * minuteMs };
    const morning = nextDial(after('busy', start + 150 * secondMs), patient, evening, end);
    expect(morning).toBe(start + (17 * 60 + 45) * minuteMs);
  });

  it('is now if it was due while nobody looked', () => {
    expect(nextDial(givenKnown(happened.scheduled()), rules, daytime, end + minuteMs)).toBe(end + minuteMs);
  });
});
