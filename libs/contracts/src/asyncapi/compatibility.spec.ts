import { breakingChanges, type Components, type Direction } from './compatibility.js';
import { type JsonSchema } from './schemas.js';

const personSchema: JsonSchema = {
  type: 'object',
  properties: { age: { type: 'integer' } },
  required: ['age'],
};

const a = (
  payload: JsonSchema,
  schemas: Record<string, JsonSchema> = { Person: personSchema },
): Components => ({
  messages: { Greeted: { payload } },
  schemas,
});

const released: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', enum: ['a', 'b'] },
    person: { $ref: '#/components/schemas/Person' },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['name'],
};
const breaks = (now: Components, direction: Direction): string[] =>
  breakingChanges(a(released), now, () => direction);

describe('a contract is broken', () => {
  it.each<[string, JsonSchema, Direction, string]>([
    [
      'by a field that is gone',
      { ...released, properties: { name: { type: 'string' } } },
      'sent',
      'Greeted.person: was removed',
    ],
    [
      'by another type',
      { ...released, properties: { ...released.properties, name: { type: 'integer' } } },
      'sent',
      'Greeted.name: type',
    ],
    [
      'by another pattern of an input',
      { ...released, properties: { ...released.properties, name: { type: 'string', pattern: '^a$' } } },
      'received',
      'Greeted.name: pattern changed',
    ],
    [
      'by an input newly required',
      { ...released, required: ['name', 'tags'] },
      'received',
      'Greeted.tags: became required',
    ],
    [
      'by an input narrowed',
      { ...released, properties: { ...released.properties, name: { type: 'string', enum: ['a'] } } },
      'received',
      'Greeted.name: no longer takes b',
    ],
    [
      'by an output that may now be missing',
      { ...released, required: [] },
      'sent',
      'Greeted.name: is no longer always there',
    ],
    [
      'within a list',
      {
        ...released,
        properties: { ...released.properties, tags: { type: 'array', items: { type: 'integer' } } },
      },
      'sent',
      'Greeted.tags[]: type',
    ],
  ])('%s', (_how, now, direction, line) => {
    expect(breaks(a(now), direction).join('\n')).toContain(line);
  });

  it('behind a reference', () => {
    expect(breaks(a(released, { Person: { ...personSchema, properties: {} } }), 'sent')).toEqual([
      'Greeted.person.age: was removed',
    ]);
  });

  it('by a message that is gone', () => {
    expect(breaks({ messages: {}, schemas: {} }, 'sent')).toEqual(['Greeted: was removed']);
  });

  it('not by an addition', () => {
    const more = { ...released, properties: { ...released.properties, mood: { type: 'string' } } };
    expect([...breaks(a(more), 'sent'), ...breaks(a(more), 'received')]).toEqual([]);
  });
});
