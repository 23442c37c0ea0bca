import fc from 'fast-check';
import { canonicalJson, plain } from './plain.js';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, shuffled(field)]),
  );
};

const anObject = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  fc.jsonValue(),
);

describe('the canonical text of a body', () => {
  it('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(anObject, (body) => {
        expect(canonicalJson(shuffled(body) as object)).toBe(canonicalJson(body));
      }),
    );
  });

  it('tells different values apart', () => {
    expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
    expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
    expect(canonicalJson({ a: { b: 1 } })).not.toBe(canonicalJson({ a: { c: 1 } }));
  });

  it('takes null for not said, at any depth', () => {
    expect(canonicalJson({ a: 1, b: null, c: { d: null } })).toBe(canonicalJson({ c: {}, a: 1 }));
  });
});

describe('a plain value', () => {
  it('has no field that is null', () => {
    expect(plain({ a: null, b: { c: null, d: 0 }, e: [''] })).toEqual({ b: { d: 0 }, e: [''] });
  });
});
