import { simulateOnTime } from '../simulation/on-time.js';
import { lateAlone } from './lone-agent.js';

describe('a lone agent with a callback in every period', () => {
  it.each([
    [189, 1.16, 300, 300],
    [360, 1, 600, 300],
    [120, 0.8, 300, 300],
    [360, 1, 900, 900],
  ])(
    'is late as often as in simulation: %i s, CV %d, every %i s, window %i s',
    (mean, variation, period, window) => {
      const handle = { meanSeconds: mean, variation };
      const terms = { handle, plannedSeconds: period, windowSeconds: window, target: 0.95 };
      const run = { terms, agents: 1, promised: 1, pattern: 'together', starts: 60_000, seed: 3 } as const;
      const late = lateAlone(handle, period, window);
      const { onTime, margin } = simulateOnTime(run);
      // The grid rounds handle times up: late a little more often than true, never less.
      expect(late).toBeGreaterThanOrEqual(1 - onTime - margin);
      expect(late).toBeLessThanOrEqual((1 - onTime + margin) * 1.5);
    },
  );

  it('has no hope if callbacks last as long as the period', () => {
    expect(lateAlone({ meanSeconds: 300, variation: 1 }, 300, 300)).toBe(1);
  });
});
