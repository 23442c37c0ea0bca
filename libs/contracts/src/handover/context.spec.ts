import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { HandoverRequest } from './context.js';

const aRequest = (more: object = {}): object => ({
  conversationId: 'c-1',
  subjectId: 's-1',
  language: 'en',
  timeZone: 'Europe/Zurich',
  issue: { type: 'billing-dispute' },
  personal: { phoneNumber: '+41445551234' },
  ...more,
});

const paths = (errors: readonly ValidationError[], prefix = ''): string[] =>
  errors.flatMap(({ property, constraints, children = [] }) => [
    ...(constraints ? [`${prefix}${property}`] : []),
    ...paths(children, `${prefix}${property}.`),
  ]);

/** Fields of the request that break a rule. */
const broken = async (body: object): Promise<string[]> =>
  paths(
    await validate(plainToInstance(HandoverRequest, body), { whitelist: true, forbidNonWhitelisted: true }),
  );

describe('a handover request', () => {
  it('needs no more than who, what, where and a number', async () => {
    expect(await broken(aRequest())).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a number that is not E.164', { personal: { phoneNumber: '044 555 12 34' } }, 'personal.phoneNumber'],
    ['a missing personal part', { personal: undefined }, 'personal'],
    ['a personal part that is a list', { personal: [] }, 'personal'],
    ['an unknown time zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['a language that is no tag', { language: 'English' }, 'language'],
    ['an issue type in capitals', { issue: { type: 'Billing' } }, 'issue.type'],
    ['an urgency of its own', { urgency: 'very' }, 'urgency'],
    ['a mood of its own', { sentiment: { mood: 'meh' } }, 'sentiment.mood'],
    ['a sentiment beyond the scale', { sentiment: { mood: 'calm', score: 1.5 } }, 'sentiment.score'],
    ['a day that does not exist', { wishes: { notBefore: '2026-02-30T10:00:00Z' } }, 'wishes.notBefore'],
    ['a time without an offset', { wishes: { notAfter: '2026-11-23T10:00:00' } }, 'wishes.notAfter'],
    ['an absurd year', { wishes: { notAfter: '9999-01-01T00:00:00Z' } }, 'wishes.notAfter'],
    ['an id with a space', { subjectId: 'Jane Doe' }, 'subjectId'],
    ['an id that is too long', { conversationId: 'x'.repeat(129) }, 'conversationId'],
    ['a field that nobody knows', { colour: 'red' }, 'colour'],
    ['a nested field that nobody knows', { issue: { type: 'a', colour: 'red' } }, 'issue.colour'],
    ['too many skills', { skills: Array.from({ length: 11 }, (_, i) => `s${i}`) }, 'skills'],
    [
      'an opportunity without an expiry',
      { opportunities: [{ opportunityId: 'o', product: 'p' }] },
      'opportunities.0.expiresAt',
    ],
    ['a list where a text belongs', { subjectId: ['s'] }, 'subjectId'],
    ['a country that is no code', { country: 'Switzerland' }, 'country'],
  ])('is refused for %s, naming the field', async (_what, more, field) => {
    expect(await broken(aRequest(more))).toContain(field);
  });
});
