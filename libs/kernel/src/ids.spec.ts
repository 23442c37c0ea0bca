import fc from 'fast-check';
import { v5 } from 'uuid';
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

  it('that follow from a cause are UUIDs of version 5, as others compute them', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((name) => name.isWellFormed()),
        (name) => {
          expect(idFrom(name)).toBe(v5(encodeURIComponent(name), '7a0c9d2e-4a55-5d0e-9a60-1f6c3b8e2d41'));
        },
      ),
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
