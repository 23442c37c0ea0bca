import fc from 'fast-check';
import { hourMs, minuteMs, toIso } from '@handover/kernel';
import { moods, resolutionOutcomes, urgencies, type HandoverContext } from '@handover/contracts';
import { aContext, agreedAt, givenKnown, happened, start } from '../testing/index.js';
import { briefingOf } from './briefing.js';
import { pageWordsAtMost } from './page.js';

const now = start - minuteMs;
const callback = givenKnown(happened.scheduled());
const opportunity = (opportunityId: string, expiresAt: number) => ({
  opportunityId,
  product: `Product ${opportunityId}`,
  expiresAt: toIso(expiresAt),
});
const withOffers = aContext({
  opportunities: [
    opportunity('later', now + hourMs),
    opportunity('gone', now),
    opportunity('soon', now + 90_500),
  ],
  personal: {
    phoneNumber: '+41445551234',
    fingerprint: 'f',
    evidence: [{ opportunityId: 'soon', said: 'too slow' }],
  },
});
const aDialWithoutAnswer = [happened.started(now), happened.ended(now)];
const words = (page: string) => page.split(/\s+/).length;

describe('the briefing', () => {
  it("holds what the agent needs, in the caller's local time, without the telephone number", () => {
    const briefing = briefingOf(callback, aContext(), now);
    expect(briefing).toMatchObject({
      who: { name: 'Ada Caller', localTime: '14:14', accountTier: 'gold' },
      issue: { type: 'billing-dispute', summary: 'Charged twice for October.' },
      alreadyDiscussed: ['invoice number', 'date of payment'],
      mood: 'frustrated',
    });
    expect(JSON.stringify(briefing)).not.toContain('+41445551234');
  });

  it('shows only opportunities that have not expired, the most urgent first', () => {
    const { opportunities } = briefingOf(callback, withOffers, now);
    expect(opportunities).toEqual([
      { opportunityId: 'soon', product: 'Product soon', said: 'too slow', minutesLeft: 1 },
      { opportunityId: 'later', product: 'Product later', minutesLeft: 60 },
    ]);
  });

  it('says that the caller was dialled before, and is called late', () => {
    const late = givenKnown(happened.scheduled(), happened.missed(now), ...aDialWithoutAnswer);
    expect(briefingOf(late, aContext(), now)).toMatchObject({ attemptsBefore: 1, late: true });
  });

  it('does not count the dial that is in progress', () => {
    const ringing = givenKnown(happened.scheduled(), ...aDialWithoutAnswer, happened.started(now, 2));
    expect(briefingOf(ringing, aContext(), now).attemptsBefore).toBe(1);
  });
});

describe('the page', () => {
  it("answers an agent's questions in order, a line each", () => {
    expect(briefingOf(callback, aContext(), now).page.split('\n')).toEqual([
      'Who: Ada Caller, gold, en, 14:14 there',
      'What: billing-dispute: Charged twice for October.',
      'Tried: Re-sent the invoice (failed)',
      'Mood: frustrated, URGENT',
      "Don't ask: invoice number; date of payment",
    ]);
  });

  it('has labels in the language of the conversation', () => {
    const page = briefingOf(callback, { ...withOffers, language: 'de-CH' }, now).page;
    expect(page).toContain('Stimmung: frustriert, DRINGEND');
    expect(page).toContain('Angebot: Product soon (noch 1 min), “too slow”');
  });

  it('shows how much was left out of a long list', () => {
    const context = aContext({
      personal: { phoneNumber: '+41445551234', fingerprint: 'f', discussed: ['a', 'b', 'c', 'd', 'e'] },
    });
    expect(briefingOf(callback, context, now).page).toContain("Don't ask: a; b; c; +2 more");
  });

  it('names what is missing in words of people, and by its field what it has no word for', () => {
    const gaps = ['personal.accountReferences', 'news'].map((field) => ({ field, consequence: '' }));
    const lacking = aContext({ completeness: { percent: 50, gaps } });
    expect(briefingOf(callback, lacking, now).page).toContain('Missing: account; news');
    expect(briefingOf(callback, { ...lacking, language: 'de' }, now).page).toContain('Fehlt: Konto; news');
  });

  it('keeps what is written from right to left in its own order, and leaves all else as it was written', () => {
    const context = aContext({
      personal: {
        phoneNumber: '+41445551234',
        fingerprint: 'f',
        name: 'محمد عبد الله',
        summary: 'أريد استرداد 20 €!',
        discussed: ['invoice number', 'תאריך התשלום'],
      },
    });
    const lines = briefingOf(callback, context, now).page.split('\n');
    expect(lines).toContain('Who: \u2068محمد عبد الله\u2069, gold, en, 14:14 there');
    expect(lines).toContain('What: billing-dispute: \u2068أريد استرداد 20 €!\u2069');
    expect(lines).toContain("Don't ask: invoice number; \u2068תאריך התשלום\u2069");
  });

  it('is read in 15 seconds, whatever the bot wrote', () => {
    const text = fc
      .array(fc.constantFrom('lorem', 'ipsum', 'dolor'), { minLength: 1, maxLength: 60 })
      .map((all) => all.join(' '));
    const context: fc.Arbitrary<HandoverContext> = fc
      .record({
        attempted: fc.array(fc.record({ action: text, outcome: fc.constantFrom(...resolutionOutcomes) }), {
          maxLength: 20,
        }),
        discussed: fc.array(text, { maxLength: 20 }),
        summary: text,
        name: text,
        said: text,
        product: text,
        mood: fc.constantFrom(...moods),
        urgency: fc.constantFrom(...urgencies),
        gaps: fc.array(fc.record({ field: fc.constant('personal.summary'), consequence: text }), {
          maxLength: 20,
        }),
        language: fc.constantFrom('en', 'de', 'fr-CH'),
      })
      .map(({ attempted, discussed, summary, name, said, product, mood, urgency, gaps, language }) =>
        aContext({
          attempted,
          urgency,
          language,
          sentiment: { mood },
          completeness: { percent: 0, gaps },
          opportunities: [{ opportunityId: 'o', product, expiresAt: toIso(agreedAt + hourMs) }],
          personal: {
            phoneNumber: '+41445551234',
            fingerprint: 'f',
            name,
            summary,
            discussed,
            accountReferences: [{ kind: 'contract', value: product }],
            evidence: [{ opportunityId: 'o', said }],
          },
        }),
      );
    const lateAgain = givenKnown(happened.scheduled(), happened.missed(now), ...aDialWithoutAnswer);
    fc.assert(
      fc.property(context, (given) => {
        expect(words(briefingOf(lateAgain, given, now).page)).toBeLessThanOrEqual(pageWordsAtMost);
      }),
    );
  });
});
