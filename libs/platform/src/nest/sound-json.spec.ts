import fc from 'fast-check';
import { Greeting } from './testing/greetings.js';
import { validated } from './validated.js';

const name = fc.constantFrom('name', 'age', 'guests', 'other', 'constructor', 'toString', 'hasOwnProperty');
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1e308, '', 'Ada', 'x'.repeat(20)),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(name, tie('json'), { maxKeys: 4 }),
  ),
}));

it('refuses or reads any JSON, and never fails over it', async () => {
  await fc.assert(
    fc.asyncProperty(json, fc.constantFrom('refused', 'removed'), async (plain, unknown) => {
      const answer = await validated<Greeting>(plain, Greeting, unknown);
      if ('violations' in answer) return expect(answer.violations.length).toBeGreaterThan(0);
      expect(typeof answer.data.name).toBe('string');
      for (const guest of answer.data.guests ?? []) expect(typeof guest.name).toBe('string');
    }),
    { numRuns: 2_000 },
  );
});
