import fc from 'fast-check';

export const handovers = ['h0', 'h1', 'h2', 'h3', 'h4'] as const;

/** What may happen to a pool. */
export type Step =
  | {
      readonly do: 'request';
      readonly who: number;
      readonly wants: readonly string[];
      readonly urgent: boolean;
    }
  | { readonly do: 'confirm'; readonly nth: number; readonly thief: number }
  | { readonly do: 'release' | 'cancel'; readonly who: number }
  | {
      readonly do: 'capacity';
      readonly cells: readonly (readonly number[])[];
      readonly full: boolean;
      /** The grid changes. */
      readonly regrid: boolean;
    }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'repeat'; readonly back: number }
  | { readonly do: 'restart' }
  /** The next command's process dies after the first few of its appends; another one takes over. */
  | { readonly do: 'crash'; readonly stored: number };

const who = fc.nat(handovers.length - 1);
const cells = fc.array(fc.nat(2), { minLength: 6, maxLength: 14 });
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('request' as const),
      who,
      wants: fc.constantFrom(['billing'], ['french'], ['billing', 'french']),
      urgent: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('confirm' as const),
      nth: fc.nat(7),
      thief: fc.oneof({ weight: 9, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: who }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('release' as const, 'cancel' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('capacity' as const),
      cells: fc.tuple(cells, cells, cells),
      full: fc.boolean(),
      regrid: fc.oneof(
        { weight: 7, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(400) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), back: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), stored: fc.nat(3) }) },
);
