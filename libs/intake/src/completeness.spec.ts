import fc from 'fast-check';
import { completenessOf } from './completeness.js';
import { aHandoverRequest, monday } from './testing/index.js';

const fields = (given: Parameters<typeof aHandoverRequest>[0]): string[] =>
  completenessOf(aHandoverRequest(given), monday).gaps.map(({ field }) => field);

describe('the completeness of a context', () => {
  it('is 100 % when an agent has all of it', () => {
    expect(completenessOf(aHandoverRequest(), monday)).toEqual({ percent: 100, gaps: [] });
  });

  it('names each missing part with what it costs, heaviest first', () => {
    const { percent, gaps } = completenessOf(
      aHandoverRequest({ sentiment: undefined, personal: { phoneNumber: '+41445550100' } }),
      monday,
    );
    expect(percent).toBe(25);
    expect(gaps).toEqual([
      { field: 'personal.summary', consequence: 'The agent has to ask what the call is about.' },
      {
        field: 'personal.discussed',
        consequence: 'The agent may ask again what the caller has already answered.',
      },
      {
        field: 'personal.accountReferences',
        consequence: 'The agent has to ask for a contract, order or account before looking anything up.',
      },
      { field: 'sentiment', consequence: 'The agent does not know in what mood the caller was left.' },
      { field: 'personal.name', consequence: 'The agent cannot greet the caller by name.' },
      {
        field: 'personal.transcript',
        consequence: 'The agent cannot look up what was said word for word.',
      },
    ]);
  });

  it('counts an empty list as missing', () => {
    expect(fields({ attempted: [] })).toEqual(['attempted']);
  });

  it('expects evidence only of a caller with an opportunity', () => {
    const opportunities = [{ opportunityId: 'o-1', product: 'Fibre', expiresAt: '2026-11-24T00:00:00Z' }];
    expect(fields({ opportunities })).toEqual(['personal.evidence']);
  });

  it('names an opportunity that had expired already', () => {
    const opportunities = [{ opportunityId: 'o-1', product: 'Fibre', expiresAt: '2026-11-23T10:00:00Z' }];
    expect(fields({ opportunities })).toEqual(['opportunities', 'personal.evidence']);
  });

  it('never falls when something is added', () => {
    const full = aHandoverRequest();
    const optional = ['summary', 'discussed', 'accountReferences', 'name', 'transcript'] as const;
    const contextWith = (given: readonly string[]) =>
      aHandoverRequest({
        personal: {
          phoneNumber: '+41445550100',
          ...Object.fromEntries(
            optional.filter((field) => given.includes(field)).map((field) => [field, full.personal[field]]),
          ),
        },
      });
    fc.assert(
      fc.property(fc.subarray([...optional]), fc.subarray([...optional]), (some, more) => {
        const less = completenessOf(contextWith(some), monday).percent;
        expect(completenessOf(contextWith([...some, ...more]), monday).percent).toBeGreaterThanOrEqual(less);
        expect(less).toBeGreaterThanOrEqual(0);
        expect(less).toBeLessThanOrEqual(100);
      }),
    );
  });
});
