import fc from 'fast-check';
import { shareOut, type Need, type SkillSet } from './reserve.js';

const sets = (...all: [string, number][]): SkillSet[] =>
  all.map(([skills, atWork]) => ({ skills: skills.split('+'), atWork }));
const need = (agents: number, ...skills: string[]): Need => ({ agents, skills });

describe('the reserve for inbound', () => {
  it('is taken from those who have the skills, in proportion to their number', () => {
    const all = sets(['billing', 10], ['billing+de', 20], ['de', 30]);
    expect(shareOut([need(9, 'billing')], all)).toEqual([3, 6, 0]);
    expect(shareOut([need(6)], all)).toEqual([1, 2, 3]);
  });

  it('goes by largest remainders, then in the order of the names', () => {
    expect(shareOut([need(1)], sets(['a', 5], ['b', 5]))).toEqual([1, 0]);
    expect(shareOut([need(1)], sets(['a', 5], ['b', 8]))).toEqual([0, 1]);
  });

  it('of several loads adds up: nobody is reserved twice', () => {
    const all = sets(['billing', 4], ['de', 4]);
    expect(shareOut([need(3, 'billing'), need(4)], all)).toEqual([4, 3]);
  });

  it('is exactly what is needed, or all there is, and never more of a set than is at work', () => {
    const skills = fc.subarray(['a', 'b', 'c']);
    const anySets = fc.array(fc.record({ skills, atWork: fc.nat({ max: 50 }) }), { maxLength: 6 });
    const anyNeed = fc.record({ skills, agents: fc.nat({ max: 80 }) });
    fc.assert(
      fc.property(anySets, anyNeed, (all, one) => {
        const reserved = shareOut([one], all);
        const eligible = all.filter((set) => one.skills.every((skill) => set.skills.includes(skill)));
        const most = eligible.reduce((sum, { atWork }) => sum + atWork, 0);
        expect(reserved.reduce((sum, count) => sum + count, 0)).toBe(Math.min(one.agents, most));
        reserved.forEach((count, index) => expect(count).toBeLessThanOrEqual(all[index]?.atWork ?? 0));
      }),
    );
  });
});
