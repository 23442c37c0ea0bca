import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Many, One } from './nested.js';
import { IsInstant, IsLocalDate } from './rules.js';

class Part {
  @IsInstant() at!: string;
}
class Whole {
  @IsInstant() at!: string;
  @IsLocalDate() day!: string;
  @One(() => Part) part!: Part;
  @Many(() => Part, 3) parts!: Part[];
}
const at = '2026-11-23T14:15:00Z';
const told = ({ constraints = {}, children = [] }: ValidationError): string[] => [
  ...Object.values(constraints),
  ...children.flatMap(told),
];
const rulesBroken = (given: object): string[] =>
  validateSync(
    plainToInstance(Whole, { at, day: '2026-11-23', part: { at }, parts: [{ at }], ...given }),
  ).flatMap(told);

describe('the rule that is told', () => {
  it('is nothing of what is right', () => {
    expect(rulesBroken({})).toEqual([]);
    expect(rulesBroken({ at: '2000-01-01T00:00Z', day: '2099-12-31' })).toEqual([]);
  });

  it.each([
    [{ at: '2026-02-30T00:00:00Z' }, /^at must be an ISO 8601 instant/],
    [{ at: '2026-11-23' }, /^at must be an ISO 8601 instant/],
    [{ day: '2026-02-30' }, /^day must be a calendar day/],
    [{ day: 20261123 }, /^day must be a calendar day/],
  ])('is the form of a moment that has none: %j', (given, rule) => {
    expect(rulesBroken(given)).toEqual([expect.stringMatching(rule)]);
  });

  it.each([{ at: '1999-12-31T23:59:59Z' }, { at: '9999-12-31T23:59:59Z' }, { day: '2100-01-01' }])(
    'is only the year, if only the year is wrong: %j',
    (given) => {
      expect(rulesBroken(given)).toEqual([expect.stringMatching(/^\w+ must be in the years 2000–2099$/)]);
    },
  );

  it('is that an object is meant, wherever there is none', () => {
    expect(new Set(rulesBroken({ part: 'x' }))).toEqual(
      new Set(['part must be an object', 'must be an object']),
    );
    expect(rulesBroken({ parts: ['x', null] })).toEqual(['must be an object', 'must be an object']);
  });
});
