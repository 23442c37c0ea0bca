import fc from 'fast-check';
import { countingIds, idFrom, randomIds } from './ids.js';

describe('ids', () => {
  it('that follow from a cause are the same for the same parts and differ for others', () => {
    const parts = fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(idFrom(...one)).toBe(idFrom(...one));
        if (JSON.stringify(one.map(String)) !== JSON.stringify(other.map(String)))
          expect(idFrom(...one)).not.toBe(idFrom(...other));
      }),
    );
  });

  it('cannot be confused by a separator inside a part', () => {
    expect(idFrom('a/b', 'c')).not.toBe(idFrom('a', 'b/c'));
  });

  it('made at random are new and sort by time', () => {
    const [first, second] = [randomIds.next(), randomIds.next()];
    expect(first < second).toBe(true);
  });

  it('for tests count up', () => {
    const ids = countingIds('x');
    expect([ids.next(), ids.next()]).toEqual(['x-1', 'x-2']);
  });
});
