import { minuteMs, toIso } from '@handover/kernel';
import { aRow, confirm, project, request, tenOClock } from '../testing/builders.js';
import { opened, startsOf } from '../testing/story.js';
import { auditSlots } from './audit.js';
import { eventsOf } from './audited-story.js';
import { type AuditedEvent } from './report.js';

const rulesBroken = (events: readonly AuditedEvent[]): string[] =>
  auditSlots(events).violations.map(({ rule }) => rule);

describe('a callback under way, in the audit of slot books', () => {
  it('has its agent: a time promised meanwhile is seen, though capacity now begins after its start', () => {
    const settings = { handleSeconds: 900 };
    const story = opened({ rows: [aRow(1)], settings });
    story.when(request());
    story.when(confirm({ offerId: story.offer().offerId }));
    story.now = tenOClock + 6 * minuteMs;
    const from = toIso(tenOClock + 5 * minuteMs);
    const occurredAt = toIso(story.now);
    story.when(project({ version: 2, rows: [aRow(1, { from })], settings, occurredAt }));
    story.when(request({ handoverId: 'h2' }));
    const honest = eventsOf(story);
    expect(rulesBroken(honest)).toEqual([]);
    expect(startsOf(story, 'h2')[0]).toBe('10:15');
    const greedy = honest.map((event) =>
      event.type === 'OffersHeld' && event.data.handoverId === 'h2'
        ? {
            ...event,
            data: {
              ...event.data,
              offers: event.data.offers
                .map((offer) => ({ ...offer, start: toIso(tenOClock + 10 * minuteMs) }))
                .slice(0, 1),
            },
          }
        : event,
    );
    expect(rulesBroken(greedy)).toContain('fits-capacity');
  });

  it('is not held against others when it lost its place before the books told of it', () => {
    const settings = { handleSeconds: 900 };
    const groups = ['billing@noon', 'billing@evening'];
    const story = opened({ rows: groups.map((group) => aRow(1, { group })), settings });
    story.when(request());
    story.when(confirm({ offerId: story.offer().offerId }));
    story.now = tenOClock;
    const cells = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    const rows = groups.map((group) => aRow(0, { group, cells }));
    story.when(project({ version: 2, rows, settings, occurredAt: toIso(story.now) }));
    // Nothing was stored of it. Minutes later there is one place in each group, and the callback has neither.
    story.now = tenOClock + 6 * minuteMs;
    for (const handoverId of ['h2', 'h3']) story.when(request({ handoverId }));
    expect(['h2', 'h3'].map((handoverId) => startsOf(story, handoverId)[0])).toEqual(['10:10', '10:10']);
    expect(rulesBroken(eventsOf(story))).toEqual([]);
  });

  it('is not held against others when its places went away with a change of the grid', () => {
    const settings = { handleSeconds: 420 };
    const story = opened({ settings, rows: [aRow(1, { from: toIso(tenOClock - 5 * minuteMs) })] });
    story.when(request({ wishes: { notBefore: toIso(tenOClock + 10 * minuteMs) } }));
    story.when(confirm({ offerId: story.offer().offerId }));
    story.wait(12 * minuteMs);
    const rows = [aRow(1, { cells: [0, 1] })];
    story.when(project({ version: 2, rows, settings: { ...settings, slotMinutes: 15 } }));
    story.when(request({ handoverId: 'h2' }));
    expect(startsOf(story, 'h2')).toEqual(['10:15']);
    expect(rulesBroken(eventsOf(story))).toEqual([]);
  });

  it('is not held against others when it lost a part of its time to a finer grid', () => {
    const settings = { handleSeconds: 720 };
    const story = opened({ settings, rows: [aRow(1)] });
    story.when(request());
    story.when(confirm({ offerId: story.offer().offerId }));
    const coarse = [aRow(0, { from: toIso(tenOClock - 15 * minuteMs), cells: [0, 1, 0] })];
    const changed = { version: 2, rows: coarse, settings: { ...settings, slotMinutes: 15 as const } };
    story.when(project({ ...changed, occurredAt: toIso(story.now) }));
    story.now = tenOClock;
    const fine = [aRow(0, { cells: [1, 0, 1, 1, 1] })];
    story.when(project({ version: 3, rows: fine, settings, occurredAt: toIso(story.now) }));
    story.when(request({ handoverId: 'h2' }));
    expect(startsOf(story, 'h2')).toEqual(['10:10']);
    expect(rulesBroken(eventsOf(story))).toEqual([]);
  });
});
