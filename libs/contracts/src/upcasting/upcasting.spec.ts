import fc from 'fast-check';
import { UnknownEventVersion, createUpcasting } from './upcasting.js';

// An event that had three versions: at first a mark out of ten, then out of five, then with a scale beside it.
const { currentVersion, upcast } = createUpcasting({
  'CallRated.v1': ({ mark, ...rest }) => ({ ...rest, score: Math.max(1, Math.ceil(Number(mark) / 2)) }),
  'CallRated.v2': (data) => ({ ...data, scale: 5 }),
});

const rated = (schemaVersion: number, data: object) => ({
  id: 'e1',
  type: 'CallRated',
  data,
  metadata: { schemaVersion, correlationId: 'h1' },
});

describe('upcasting', () => {
  it('is written in the version that the last upcaster leads to; 1 without any', () => {
    expect([currentVersion('CallRated'), currentVersion('CallEnded')]).toEqual([3, 1]);
  });

  it.each([
    [1, { by: 'robin', mark: 7 }, { by: 'robin', score: 4, scale: 5 }],
    [2, { by: 'robin', score: 4 }, { by: 'robin', score: 4, scale: 5 }],
    [3, { by: 'robin', score: 4, scale: 10 }, { by: 'robin', score: 4, scale: 10 }],
  ])('reads version %i as if it had been written today', (version, stored, today) => {
    expect(upcast(rated(version, stored))).toEqual(rated(3, today));
  });

  it('leaves the stored event as it is', () => {
    const stored = Object.freeze(rated(1, Object.freeze({ mark: 7 })));
    upcast(stored);
    expect(stored.data).toEqual({ mark: 7 });
  });

  it('gives a current event back untouched, and one that was only just decided', () => {
    const [current, decided] = [rated(3, { score: 4 }), { type: 'CallRated', data: { score: 4 } }];
    expect([upcast(current), upcast(decided)]).toEqual([current, decided]);
    expect(upcast(current)).toBe(current);
  });

  it('refuses what a newer release wrote, rather than skip it', () => {
    expect(() => upcast(rated(4, {}))).toThrow(UnknownEventVersion);
    expect(() => upcast(rated(0, {}))).toThrow(UnknownEventVersion);
  });

  it('upcasts once: an upcast event is current', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 10 }), (version, mark) => {
        const once = upcast(rated(version, { mark, score: 3 }));
        expect(upcast(once)).toBe(once);
      }),
    );
  });
});
