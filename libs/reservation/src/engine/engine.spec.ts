import { createEngine } from './engine.js';

describe('the capacity engine', () => {
  it('shifts another demand to admit one that has a single choice, and refuses beyond capacity', () => {
    const engine = createEngine();
    engine.applyCapacity(
      [
        { group: 'a@t', skills: ['a'], firstCell: 10, cells: [1, 1] },
        { group: 'a+b@t', skills: ['a', 'b'], firstCell: 10, cells: [1, 1] },
      ],
      true,
    );
    const demand = (id: string, skills: string[], firstCell = 10, cells = 1) => ({
      id,
      skills,
      firstCell,
      cells,
      rank: 1,
    });
    expect(engine.admit(demand('1', ['b'], 11))).toEqual({ group: 'a+b@t', shifted: [] });
    expect(engine.admit(demand('2', ['a'], 10, 2))).toEqual({ group: 'a@t', shifted: [] });
    expect(engine.admit(demand('3', ['a'], 11))).toBeUndefined();
    engine.release('1');
    expect(engine.admit(demand('4', ['a'], 11))).toEqual({ group: 'a+b@t', shifted: [] });
  });
});
