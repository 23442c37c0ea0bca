import fc from 'fast-check';
import { isDeeperThan } from './depth.js';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

it('finds the exact depth of any JSON, whatever brackets and quotes its texts hold', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('"[{', '\\"[[[', '\\', '}}]]', '\\\\"{'));
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof({ maxDepth: 6 }, text, fc.integer(), tie('list'), tie('object')),
    list: fc.array(tie('json'), { maxLength: 3 }),
    object: fc.dictionary(text, tie('json'), { maxKeys: 3 }),
  }));
  fc.assert(
    fc.property(json, (value) => {
      const bytes = Buffer.from(JSON.stringify(value));
      const depth = depthOf(value);
      expect(isDeeperThan(bytes, depth)).toBe(false);
      expect(depth > 0 && !isDeeperThan(bytes, depth - 1)).toBe(false);
    }),
  );
});

it('counts what is open, not what was ever opened', () => {
  expect(isDeeperThan(Buffer.from('['.repeat(10)), 9)).toBe(true);
  expect(isDeeperThan(Buffer.from('[],'.repeat(10)), 1)).toBe(false);
});
