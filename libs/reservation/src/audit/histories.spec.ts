import { type Random, minuteMs, seededRandom, toIso } from '@handover/kernel';
import { type SlotCommand } from '../decide.js';
import { aRow, cancel, confirm, project, release, request } from '../testing/builders.js';
import { type Story, opened } from '../testing/story.js';
import { auditSlots } from './audit.js';
import { eventsOf } from './audited-story.js';

describe('any history of the slot book', () => {
  const cellMs = 5 * minuteMs;
  const settings = { handleSeconds: 700 };
  const handovers = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
  const skills = [['billing'], ['french'], ['billing', 'french']];

  function step(story: Story, random: Random): void {
    const handoverId = random.pick(handovers);
    const from = toIso(Math.floor(story.now / cellMs) * cellMs);
    const rows = skills.map((each) =>
      aRow(0, {
        group: each.join('+'),
        skills: each,
        from,
        cells: Array.from({ length: 12 }, () => random.below(3)),
      }),
    );
    const moves: readonly (() => SlotCommand | undefined)[] = [
      () => request({ handoverId, requestId: `request-${story.log.length}`, skills: random.pick(skills) }),
      () => request({ handoverId, requestId: `request-${story.log.length}`, skills: random.pick(skills) }),
      () =>
        confirm({
          handoverId,
          offerId: random.pick([...story.offersOf(handoverId), { offerId: 'none' }]).offerId,
        }),
      () =>
        confirm({
          handoverId,
          offerId: random.pick([...story.offersOf(handoverId), { offerId: 'none' }]).offerId,
        }),
      () => cancel(handoverId, toIso(story.now)),
      () => release(handoverId, toIso(story.now)),
      () =>
        project({
          settings,
          version: story.projections.length + 1,
          full: random.below(3) === 0,
          rows: rows.slice(random.below(3)),
        }),
      () => {
        story.wait(random.below(8) * minuteMs);
        return { type: 'tick' };
      },
    ];
    const command = random.pick(moves)();
    if (command) story.when(command);
    if (random.below(20) === 0) story.reopen();
  }

  it('passes the audit', () => {
    const random = seededRandom(11);
    let promised = 0;
    for (let run = 0; run < 120; run += 1) {
      const story = opened({
        settings,
        rows: [aRow(2), aRow(1, { group: 'billing+french', skills: ['billing', 'french'] })],
      });
      for (let each = 0; each < 40; each += 1) step(story, random);
      const report = auditSlots(eventsOf(story));
      expect(report.violations).toEqual([]);
      expect(report.unanswered).toBe(0);
      promised += report.appointments.confirmed;
    }
    expect(promised).toBeGreaterThan(80);
  }, 60_000);
});
