import { dayMs, hourMs, minuteMs, toIso } from '@handover/kernel';
import { type DomainEvent, type Measured } from '@handover/contracts';
import { evolveOutcome, type Outcome } from '../outcome.js';
import { noon, story } from '../testing/story.js';
import { type ConversationFact, type Facts } from './facts.js';
import { measure } from './measure.js';

const window = {
  from: noon - hourMs,
  to: noon + 12 * hourMs,
  repeatWithinMs: dayMs,
  now: noon + 12 * hourMs,
};

const aConversation = (more: Partial<ConversationFact>): ConversationFact => ({
  conversationId: 'c1',
  subjectId: 's1',
  outcome: 'contained',
  issueType: 'billing-dispute',
  startedAt: toIso(noon - 5 * minuteMs),
  endedAt: toIso(noon),
  repeated: false,
  ...more,
});

const anOutcome = (...events: readonly DomainEvent[]): Outcome => {
  const outcome = events.reduce<Outcome | undefined>(evolveOutcome, undefined);
  if (!outcome) throw new Error('no HandoverRequested in the story');
  return outcome;
};

const metric = (name: string, facts: Partial<Facts>, by?: 'issueType' | 'appointmentKept'): Measured => {
  const found = measure({ conversations: [], outcomes: [], ...facts }, window, by).metrics.find(
    (one) => one.name === name,
  );
  if (!found) throw new Error(`no metric ${name}`);
  return found;
};

describe('metrics', () => {
  it('counts what begins in its window, and not what begins as it ends', () => {
    const outcomes = [anOutcome(story.requested(-60)), anOutcome(story.requested(12 * 60))];
    expect(metric('repeat-contacts', { outcomes }).denominator).toBe(1);
  });

  it('count a contained conversation that was repeated as not contained', () => {
    const conversations = [
      aConversation({}),
      aConversation({ repeated: true }),
      aConversation({ outcome: 'handed-over' }),
      aConversation({ outcome: 'abandoned' }),
    ];
    expect(metric('containment', { conversations })).toMatchObject({
      value: 0.25,
      numerator: 1,
      denominator: 4,
    });
    expect(metric('scheduled', { conversations })).toMatchObject({ value: 0.25, denominator: 4 });
    expect(metric('abandonment', { conversations })).toMatchObject({
      value: 0.5,
      numerator: 1,
      denominator: 2,
    });
  });

  it('show no value, rather than zero, where nothing was counted', () => {
    expect(metric('post-transfer-satisfaction', {})).toMatchObject({ value: null, denominator: 0 });
  });

  it('keep satisfaction apart from containment, with its own denominator', () => {
    const happy = anOutcome(story.requested(), story.surveyed(10), story.answered(20, 5));
    const unhappy = anOutcome(story.requested(), story.surveyed(10), story.answered(20, 2));
    const silent = anOutcome(story.requested(), story.surveyed(10));
    const facts = { outcomes: [happy, unhappy, silent] };
    expect(metric('post-transfer-satisfaction', facts)).toMatchObject({ value: 3.5, denominator: 2 });
    expect(metric('post-transfer-satisfied', facts)).toMatchObject({ value: 0.5, denominator: 2 });
    expect(metric('survey-response', facts)).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it('count an appointment that we moved twice: against the old time, and at the new one', () => {
    const moved = anOutcome(
      story.requested(),
      story.confirmed(1, 60),
      story.moved(30, 60, 90),
      story.attempt(91),
    );
    expect(metric('appointments-kept', { outcomes: [moved] })).toMatchObject({
      numerator: 1,
      denominator: 2,
    });
  });

  it('leave cancelled appointments, and those not yet due, out of appointments kept', () => {
    const cancelled = anOutcome(story.requested(), story.confirmed(1, 60), story.cancelled(30));
    const pending = anOutcome(story.requested(), story.confirmed(1, 12 * 60 + 30));
    expect(metric('appointments-kept', { outcomes: [cancelled, pending] })).toMatchObject({
      value: null,
      denominator: 0,
    });
  });

  it('count voicemail in its own column, never as reached', () => {
    const machine = anOutcome(
      story.requested(),
      story.confirmed(1, 60),
      story.attempt(61),
      story.attemptEnded(62, 'voicemail'),
    );
    const person = anOutcome(
      story.requested(),
      story.confirmed(1, 60),
      story.attempt(61),
      story.connected(62),
    );
    expect(metric('reached', { outcomes: [machine, person] })).toMatchObject({
      numerator: 1,
      denominator: 2,
    });
    expect(metric('voicemail', { outcomes: [machine, person] })).toMatchObject({
      numerator: 1,
      denominator: 2,
    });
  });

  it('convert only opportunities that were raised', () => {
    const told = anOutcome(
      story.requested(0, {
        opportunities: ['o1', 'o2', 'o3', 'o4'].map((opportunityId) => ({
          opportunityId,
          product: 'Savings plan',
          expiresAt: toIso(noon + 2 * hourMs),
        })),
      }),
      story.attempt(61),
      story.connected(62),
      story.completed(66, {
        opportunities: [
          { opportunityId: 'o1', outcome: 'accepted' },
          { opportunityId: 'o2', outcome: 'declined' },
          { opportunityId: 'o3', outcome: 'expired' },
          { opportunityId: 'o4', outcome: 'not-raised' },
        ],
      }),
    );
    expect(metric('opportunity-conversion', { outcomes: [told] })).toMatchObject({
      value: 0.5,
      denominator: 2,
    });
  });

  it('break down to parts that sum to the whole', () => {
    const kept = anOutcome(
      story.requested(),
      story.confirmed(1, 60),
      story.attempt(61),
      story.connected(62),
      story.answered(80, 5),
    );
    const broken = anOutcome(
      story.requested(0, { issue: { type: 'no-signal' } }),
      story.confirmed(1, 60),
      story.missed(65),
      story.answered(80, 1),
    );
    const told = metric('post-transfer-satisfaction', { outcomes: [kept, broken] }, 'appointmentKept');
    expect(told.breakdown).toEqual([
      { key: 'no', value: 1, numerator: 1, denominator: 1 },
      { key: 'yes', value: 5, numerator: 5, denominator: 1 },
    ]);
  });

  it('print window, version and denominator beside every number', () => {
    const report = measure({ conversations: [], outcomes: [] }, window);
    expect(report.window).toEqual({ from: toIso(window.from), to: toIso(window.to), repeatHours: 24 });
    for (const one of report.metrics)
      expect(one).toMatchObject({
        version: expect.any(Number),
        denominatorMeaning: expect.stringMatching(/\w/),
      });
  });
});
