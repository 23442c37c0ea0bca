import { type Instant } from '@handover/kernel';
import { alike, allowedIn, aPool, hours, inMinutes, monday } from '../testing/builders.js';
import { project } from './project.js';

const agents = alike(20);
const pool = aPool({ handleSeconds: 189 });

/** Callbacks that may be in progress at a moment, if so many are due and have no agent. */
const allowedAt = (moment: Instant, waiting: number, skills = ['billing']): number => {
  const due = Array.from({ length: waiting }, () => ({ skills }));
  return allowedIn(project(pool, agents, monday, due).rows, moment);
};

describe('callbacks that are due and wait for an agent', () => {
  it('go first: the more wait, the less is promised in the windows next to come', () => {
    const next = [0, 20, 45, 50, 60, 90].map((waiting) => allowedAt(inMinutes(5), waiting));
    expect(next).toEqual([...next].sort((one, other) => other - one));
    expect(next.at(0)).toBe(next.at(1));
    expect(next.at(-2)).toBeLessThan(next.at(0) ?? 0);
    expect(next.at(-1)).toBe(0);
  });

  it('are caught up with: later windows are promised as ever', () => {
    expect(allowedAt(inMinutes(20), 60)).toBe(allowedAt(inMinutes(20), 0));
    expect(allowedAt(hours(3), 200)).toBe(allowedAt(hours(3), 0));
  });

  it('leave room for starts: of callbacks that take two windows, twice as many are in progress', () => {
    // 20 are free, 33 ± 6 more will be until ten past, and 38 wait: six may begin (44 are sure).
    const due = Array.from({ length: 38 }, () => ({ skills: ['billing'] }));
    const { rows } = project(aPool({ handleSeconds: 360 }), agents, monday, due);
    expect(allowedIn(rows, inMinutes(5))).toBe(2 * 6);
  });

  it('hold nobody back who lacks their skills', () => {
    expect(allowedAt(inMinutes(5), 60, ['french'])).toBe(allowedAt(inMinutes(5), 0));
  });

  it('wait for the largest of the skill sets that can take them', () => {
    const few = alike(6, { skills: ['billing', 'de'] });
    const due = Array.from({ length: 90 }, () => ({ skills: ['billing'] }));
    const ofEach = (waiting: typeof due): number[] => {
      const { rows } = project(pool, [...agents, ...few], monday, waiting);
      const sets = Map.groupBy(rows, ({ skills }) => skills.length);
      return [1, 2].map((size) => allowedIn(sets.get(size) ?? [], inMinutes(5)));
    };
    const [, germans] = ofEach([]);
    expect(ofEach(due)).toEqual([0, germans]);
  });
});
