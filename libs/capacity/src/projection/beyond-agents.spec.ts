import { minuteMs } from '@handover/kernel';
import { simulateFullDay, type Start } from '../simulation/full-day.js';
import {
  alike,
  allowedBy,
  allowedIn,
  aPool,
  aShift,
  atWork,
  hours,
  monday,
  reported,
} from '../testing/builders.js';
import { project } from './project.js';
import { type AgentAtWork } from './whereabouts.js';

/** Agents who come, have lunch and leave at different times. */
const staff = (count: number): AgentAtWork[] =>
  Array.from({ length: count }, (_, index) => {
    const [hour, quarter] = [12 + (index % 3), 15 * (index % 4)];
    const lunch = { from: `${hour}:${String(quarter).padStart(2, '0')}`, to: `${hour + 1}:00` };
    const shift = aShift({
      from: '08:00',
      to: `${17 + (index % 2)}:00`,
      breaks: index % 5 === 0 ? [] : [lunch],
    });
    return atWork({ agentId: `agent-${index}`, shifts: { monday: shift } });
  });

const shareOnTime = (starts: readonly Start[], windowMs: number): number =>
  starts.filter(({ due, began }) => began !== undefined && began < due + windowMs).length / starts.length;

describe('a day that is promised to the last place', () => {
  it.each([
    [189, 5, 40],
    [189, 5, 12],
    [60, 5, 25],
    [360, 5, 40],
    [420, 15, 30],
  ])(
    'is kept with the target’s probability: calls of %i s on a grid of %i minutes, %i agents',
    (mean, slotMinutes, count) => {
      const pool = aPool({ handleSeconds: mean, slotMinutes });
      const agents = staff(count);
      const { rows, settings } = project(pool, agents, monday);
      const cellMs = slotMinutes * minuteMs;
      const day = {
        rows,
        agents,
        handle: { meanSeconds: mean, variation: 1 },
        cellMs,
        length: Math.ceil((settings.handleSeconds * 1_000) / cellMs),
      };
      const starts = Array.from({ length: 20 }, (_, seed) => simulateFullDay({ ...day, seed })).flat();
      expect(shareOnTime(starts, cellMs)).toBeGreaterThanOrEqual(0.95);
      expect(starts.filter(({ began }) => began === undefined)).toEqual([]);
    },
  );
});

describe('what is promised beyond the number of agents', () => {
  const early = { shifts: { monday: aShift({ to: '14:00' }) } };

  it('goes to the group that ends last, and to none in the last cell of its work', () => {
    const { rows } = project(aPool({ handleSeconds: 189 }), [...alike(20, early), ...alike(20)], monday);
    const [first, last] = rows.map(({ cells }) => cells);
    expect(new Set(first)).toEqual(new Set([20]));
    expect(last?.[0]).toBeGreaterThan(25);
    expect(last?.at(-2)).toBeGreaterThan(20);
    expect(last?.at(-1)).toBe(20);
  });

  it('is by agents who stay for the whole window: those who leave as it closes take one each', () => {
    const { rows } = project(aPool({ handleSeconds: 189 }), [...alike(38, early), ...alike(2)], monday);
    expect(allowedIn(rows, hours(4) - 10 * minuteMs)).toBeGreaterThan(40);
    expect(allowedIn(rows, hours(4) - 5 * minuteMs)).toBe(40);
    const half = project(aPool({ handleSeconds: 189 }), [...alike(18, early), ...alike(22)], monday).rows;
    expect(allowedIn(half, hours(4) - 5 * minuteMs)).toBe(40);
  });

  it('is by nobody who has other calls then', () => {
    const busy = alike(20, reported('busy', monday, hours(6)));
    const { rows } = project(aPool({ handleSeconds: 189 }), [...alike(20, early), ...busy], monday);
    expect(rows.map(({ until, cells }) => [until.slice(11, 16), cells[47]])).toContainEqual(['14:00', 20]);
    expect(allowedIn(rows, hours(4) - 5 * minuteMs)).toBe(20);
  });

  it('ends at the horizon as it began: whoever works on there stays', () => {
    const [row] = project(aPool({ handleSeconds: 189, horizonHours: 3 }), alike(20), monday).rows;
    expect(new Set(row?.cells).size).toBe(1);
  });

  it('keeps agents busy for no more than the pool allows', () => {
    const allowed = (maxOccupancy: number): number =>
      allowedBy(alike(200), hours(1), monday, aPool({ handleSeconds: 189, maxOccupancy }));
    expect([1, 0.9, 0.8].map((share) => allowed(share) * 189 <= share * 200 * 300)).toEqual([
      true,
      true,
      true,
    ]);
    expect(allowed(0.8)).toBeLessThan(allowed(1));
  });
});
