import { withDefaults } from '@handover/contracts';
import { minuteMs } from '@handover/kernel';
import { inMinutes, monday } from '../testing/builders.js';
import { cellsTouched, cellsWithin, gridAt, nextStepAfter } from './grid.js';

const settings = (slotMinutes: number, horizonHours = 24) =>
  withDefaults({ timeZone: 'Etc/UTC', slotMinutes, horizonHours });

describe('the grid', () => {
  it('begins with the cell that holds now and ends with a full hour: only then a row grows', () => {
    const [early, late] = [gridAt(settings(5), inMinutes(1)), gridAt(settings(5), inMinutes(59))];
    expect(early.first * early.cellMs).toBe(monday);
    expect(late.first * late.cellMs).toBe(inMinutes(55));
    expect(early.end).toBe(late.end);
    expect(early.end * early.cellMs).toBe(inMinutes(25 * 60));
  });

  it('has no more cells than a published row may have', () => {
    const { first, end } = gridAt(settings(1, 336), inMinutes(0.5));
    expect(end - first).toBe(20_160);
  });

  it('has cells that lie within a span, and cells that a span touches', () => {
    const grid = gridAt(settings(5), monday);
    const [from, until] = [inMinutes(7), inMinutes(18)];
    const minutesOf = ({ first, end }: { first: number; end: number }): number[] =>
      [first, end].map((cell) => (cell * grid.cellMs - monday) / minuteMs);
    expect(minutesOf(cellsWithin(grid, from, until))).toEqual([10, 15]);
    expect(minutesOf(cellsTouched(grid, from, until))).toEqual([5, 20]);
  });

  it.each([
    [1, 1],
    [5, 5],
    [6, 6],
    [12, 6],
    [15, 5],
    [20, 5],
    [60, 6],
  ])('is looked at again at each cell, or an even part of it: slots of %i minutes every %i', (slot, step) => {
    for (const now of [monday, inMinutes(0.5)])
      expect(nextStepAfter(settings(slot), now)).toBe(inMinutes(step));
  });
});
