import fc from 'fast-check';
import { minuteMs } from '@handover/kernel';
import { auditSlots } from './audit/audit.js';
import { eventsOf } from './audit/audited-story.js';
import { aProjection, aRow, at } from './testing/builders.js';
import { fits } from './testing/checker.js';
import { step } from './testing/steps.js';
import { World } from './testing/world.js';

const { RUNS, CI } = process.env;
/** Any number with RUNS=… */
const numRuns = Number(RUNS ?? (CI === 'true' ? 10_000 : 500));
describe('whatever is asked, repeated, withdrawn, expires or crashes, in any order', () => {
  it(
    'nothing is promised twice, too late, or beyond capacity',
    () => {
      const seen = { confirmed: 0, moved: 0, refused: 0, superseded: 0 };
      const begin = fc.constantFrom(at('09:59'), at('23:29'));
      // Two cells, or three: then capacity may be projected anew between the first and the last of a callback.
      const handleSeconds = fc.constantFrom(420, 720);
      fc.assert(
        fc.property(
          begin,
          handleSeconds,
          fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }),
          (from, seconds, steps) => {
            const world = new World(from, seconds);
            for (const next of steps) {
              world.play(next);
              // A matcher a step would cost as much as the checker.
              if (world.breaches().length > 0) expect(world.breaches()).toEqual([]);
            }
            expect(auditSlots(eventsOf(world)).violations).toEqual([]);
            expect(new Set(world.log.map(({ id }) => id)).size).toBe(world.log.length);
            seen.confirmed += world.all('AppointmentConfirmed').length;
            seen.moved += world.all('AppointmentMoved').length;
            seen.refused += world.all('ConfirmationRefused').length;
            seen.superseded += world
              .all('AppointmentCancelled')
              .filter(({ reason }) => reason === 'superseded').length;
          },
        ),
        { numRuns },
      );
      // The interleavings must reach what they are about.
      for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 50);
    },
    20_000 + numRuns * 100,
  );
});

describe('the checker', () => {
  it('sees what does not fit', () => {
    const hold = (id: string, minutes: number, seconds = 300) => ({
      id,
      handoverId: id,
      subject: id,
      skills: ['billing'],
      start: at('10:00') + minutes * minuteMs,
      seconds,
    });
    const one = [aProjection({ rows: [aRow(1, { cells: [1, 1, 0] })] })];
    expect(fits([hold('a', 0), hold('b', 5)], one)).toBe(true);
    expect(fits([hold('a', 0), hold('b', 0)], one)).toBe(false);
    expect(fits([hold('a', 0, 301), hold('b', 5)], one)).toBe(false);
    expect(fits([hold('a', 10)], one)).toBe(false);
  });
});
