import { createEngine } from './engine.js';
import { aDemand, aRow } from './oracle/pool.js';
import { type CapacityEngine, type GroupCapacity } from './port.js';

const engineWith = (...rows: readonly GroupCapacity[]): CapacityEngine => {
  const engine = createEngine();
  engine.applyCapacity(rows, true);
  return engine;
};

describe('admitting', () => {
  it('admits nothing without capacity', () => {
    expect(createEngine().admit(aDemand({ id: '1' }))).toBeUndefined();
  });

  it('takes the group with the fewest skills, then the one that leaves first', () => {
    const engine = engineWith(
      aRow({ skills: ['a', 'b'] }),
      aRow({ group: 'a@late', cells: [1, 1, 1, 1, 1] }),
      aRow({ group: 'a@soon' }),
    );
    const groups = ['1', '2', '3'].map((id) => engine.admit(aDemand({ id }))?.group);
    expect(groups).toEqual(['a@soon', 'a@late', 'a+b@t']);
  });

  it('refuses what no cell-wise assignment can serve, and changes nothing', () => {
    const engine = engineWith(aRow({ cells: [1, 0, 1] }));
    expect(engine.admit(aDemand({ id: '1', cells: 2 }))).toBeUndefined();
    expect(engine.groupOf('1')).toBeUndefined();
    expect(engine.freeAt(0, ['a'])).toBe(1);
  });

  it('shifts another to a group that also serves it, and says whom', () => {
    const engine = engineWith(aRow({ skills: ['a', 'b'] }), aRow({ skills: ['a', 'c', 'd'] }));
    engine.admit(aDemand({ id: '1', cells: 2 }));
    const admission = engine.admit(aDemand({ id: '2', skills: ['b'] }));
    expect(admission).toEqual({ group: 'a+b@t', shifted: [{ id: '1', group: 'a+c+d@t' }] });
    expect(engine.groupOf('1')).toBe('a+c+d@t');
  });

  const chainRows = [
    aRow({ skills: ['a', 'b'] }),
    aRow({ skills: ['b', 'c'] }),
    aRow({ skills: ['c', 'd', 'e'] }),
  ];
  const longer = chainRows.map((row) => ({ ...row, firstCell: -1, cells: [1, ...row.cells, 1] }));

  it.each([
    ['as they were', []],
    ['whose rows have grown', longer],
  ])('shifts along a chain of groups %s', (_, changed) => {
    const engine = engineWith(...chainRows);
    engine.admit(aDemand({ id: '1', skills: ['b'] }));
    engine.admit(aDemand({ id: '2', skills: ['c'] }));
    engine.applyCapacity(changed, false);
    const admission = engine.admit(aDemand({ id: '3', skills: ['a'] }));
    expect(admission?.shifted).toEqual(
      expect.arrayContaining([
        { id: '1', group: 'b+c@t' },
        { id: '2', group: 'c+d+e@t' },
      ]),
    );
  });

  it('lets two leave a group at once where one alone would not make room', () => {
    const engine = engineWith(
      aRow({ skills: ['a', 'b'], cells: [1, 1] }),
      aRow({ skills: ['a', 'c', 'd'], cells: [1, 1] }),
    );
    engine.admit(aDemand({ id: '1', firstCell: 0 }));
    engine.admit(aDemand({ id: '2', firstCell: 1 }));
    expect(engine.admit(aDemand({ id: '3', skills: ['b'], cells: 2 }))?.shifted).toHaveLength(2);
  });

  it('gives an id that is admitted already its group, and takes no more room', () => {
    const engine = engineWith(aRow({ cells: [2] }));
    engine.admit(aDemand({ id: '1' }));
    expect(engine.admit(aDemand({ id: '1' }))).toEqual({ group: 'a@t', shifted: [] });
    expect(engine.freeAt(0, ['a'])).toBe(1);
  });

  it('answers whether a demand fits without placing it', () => {
    const engine = engineWith(aRow());
    expect(engine.fits(aDemand({ id: '1' }))).toBe(true);
    expect(engine.groupOf('1')).toBeUndefined();
    engine.admit(aDemand({ id: '1' }));
    expect([engine.fits(aDemand({ id: '1' })), engine.fits(aDemand({ id: '2' }))]).toEqual([true, false]);
  });

  it.each([{ cells: 0 }, { cells: 1.5 }, { firstCell: NaN }])('refuses cells that are none: %j', (wrong) => {
    expect(() => engineWith(aRow()).admit(aDemand({ id: '1', ...wrong }))).toThrow(RangeError);
  });

  it('finds room again after a release', () => {
    const engine = engineWith(aRow());
    engine.admit(aDemand({ id: '1' }));
    expect(engine.admit(aDemand({ id: '2' }))).toBeUndefined();
    engine.release('1');
    engine.release('unknown');
    expect(engine.admit(aDemand({ id: '2' }))?.group).toBe('a@t');
  });
});

describe('changing capacity', () => {
  it('takes out the worst ranked and keeps the others', () => {
    const engine = engineWith(aRow({ cells: [3] }));
    for (const id of ['2', '3', '1']) engine.admit(aDemand({ id }));
    expect(engine.applyCapacity([aRow({ cells: [1] })], false).map(({ id }) => id)).toEqual(['3', '2']);
    expect(engine.groupOf('1')).toBe('a@t');
  });

  it('moves who lost a place to another group before it takes anybody out', () => {
    const engine = engineWith(aRow(), aRow({ skills: ['a', 'b'] }));
    engine.admit(aDemand({ id: '1' }));
    expect(engine.applyCapacity([aRow({ cells: [] })], false)).toEqual([]);
    expect(engine.groupOf('1')).toBe('a+b@t');
  });

  it('gives the place of a worse ranked demand elsewhere to a better ranked one that lost its own', () => {
    const engine = engineWith(aRow(), aRow({ skills: ['a', 'b'] }));
    engine.admit(aDemand({ id: '1' }));
    engine.admit(aDemand({ id: '2', skills: ['b'] }));
    expect(engine.applyCapacity([aRow({ cells: [] })], false).map(({ id }) => id)).toEqual(['2']);
    expect(engine.groupOf('1')).toBe('a+b@t');
  });

  it('leaves rows alone that are not named, unless all are replaced', () => {
    const engine = engineWith(aRow(), aRow({ skills: ['b'] }));
    engine.applyCapacity([aRow({ cells: [5] })], false);
    expect([engine.freeAt(0, ['a']), engine.freeAt(0, ['b'])]).toEqual([5, 1]);
    engine.applyCapacity([aRow({ cells: [4] })], true);
    expect([engine.freeAt(0, ['a']), engine.freeAt(0, ['b'])]).toEqual([4, 0]);
  });

  it('admits into cells that a row gains on either side', () => {
    const engine = engineWith(aRow({ firstCell: 10 }));
    engine.admit(aDemand({ id: '1', firstCell: 12 }));
    engine.applyCapacity([aRow({ firstCell: 8, cells: [1, 1, 1, 1, 1, 1, 1] })], false);
    expect(engine.admit(aDemand({ id: '2', firstCell: 8, cells: 4 }))?.group).toBe('a@t');
    expect(engine.admit(aDemand({ id: '3', firstCell: 12 }))).toBeUndefined();
    expect(engine.admit(aDemand({ id: '4', firstCell: 13, cells: 2 }))?.group).toBe('a@t');
  });

  it('admits again what it refused, once capacity has grown', () => {
    const engine = engineWith(aRow());
    engine.admit(aDemand({ id: '1' }));
    expect(engine.admit(aDemand({ id: '2' }))).toBeUndefined();
    engine.applyCapacity([aRow({ cells: [2] })], false);
    expect(engine.admit(aDemand({ id: '2' }))?.group).toBe('a@t');
  });

  it('forgets skills that a group no longer has', () => {
    const engine = engineWith(aRow({ group: 'g', skills: ['a', 'b'] }));
    engine.admit(aDemand({ id: '1', skills: ['b'] }));
    expect(engine.applyCapacity([aRow({ group: 'g' })], false).map(({ id }) => id)).toEqual(['1']);
  });
});

describe('forgetting the past', () => {
  it('forgets what ended, and counts what still runs from there on only', () => {
    const engine = engineWith(aRow());
    engine.admit(aDemand({ id: '1', firstCell: 0 }));
    engine.admit(aDemand({ id: '2', firstCell: 1, cells: 2 }));
    engine.forgetBefore(2);
    expect([engine.groupOf('1'), engine.groupOf('2')]).toEqual([undefined, 'a@t']);
    expect(engine.applyCapacity([aRow({ firstCell: 2, cells: [1, 1] })], true)).toEqual([]);
    expect(engine.admit(aDemand({ id: '3', firstCell: 2 }))).toBeUndefined();
    expect(engine.admit(aDemand({ id: '4', firstCell: 1 }))).toBeUndefined();
    expect(engine.admit(aDemand({ id: '5', firstCell: 3 }))?.group).toBe('a@t');
  });

  it('forgets groups whose row is past', () => {
    const engine = engineWith(aRow());
    engine.admit(aDemand({ id: '1', firstCell: 3 }));
    engine.forgetBefore(4);
    expect(engine.groupOf('1')).toBeUndefined();
    expect(engine.freeAt(3, ['a'])).toBe(0);
  });
});
