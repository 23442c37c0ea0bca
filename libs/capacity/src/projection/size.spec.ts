import { type CapacityRow } from '@handover/contracts';
import { toIso } from '@handover/kernel';
import { hours } from '../testing/builders.js';
import { withinSize } from './size.js';

const row = (skill: string, endsIn: number): CapacityRow => ({
  group: `${skill}@${toIso(hours(endsIn))}`,
  skills: [skill],
  until: toIso(hours(endsIn)),
  from: toIso(hours(0)),
  cells: Array<number>(12 * endsIn).fill(1),
});

describe('the rows of one event', () => {
  it('are in order of their end, then of their group', () => {
    const rows = [row('b', 2), row('a', 3), row('a', 2)];
    expect(withinSize(rows).map(({ group }) => group)).toEqual(
      [row('a', 2), row('b', 2), row('a', 3)].map(({ group }) => group),
    );
  });

  it('are as many as it holds: those that end last wait until they are nearer', () => {
    const rows = [row('a', 4), row('a', 2), row('a', 3), row('a', 1)];
    const bytes = JSON.stringify(rows.slice(1, 3)).length + JSON.stringify(rows[3]).length;
    expect(withinSize(rows, bytes).map(({ until }) => until)).toEqual(
      [1, 2, 3].map((end) => toIso(hours(end))),
    );
  });
});
