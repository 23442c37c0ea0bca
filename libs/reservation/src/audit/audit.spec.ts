import { minuteMs, toIso } from '@handover/kernel';
import { aProjection, aRow, confirm, project, request, tenOClock } from '../testing/builders.js';
import { type Story, opened } from '../testing/story.js';
import { auditSlots } from './audit.js';
import { eventsOf } from './audited-story.js';
import { type AuditedEvent, type SlotAudit } from './report.js';

const audit = (events: readonly AuditedEvent[]): SlotAudit => auditSlots(events);
const rulesBroken = (events: readonly AuditedEvent[]): string[] =>
  audit(events).violations.map(({ rule }) => rule);

/** Two handovers have an appointment each, in a pool of two agents. */
function twoAppointments(): Story {
  const story = opened({ rows: [aRow(2)] });
  for (const handoverId of ['h1', 'h2']) {
    story.when(request({ handoverId }));
    story.when(confirm({ handoverId, offerId: story.offer(handoverId).offerId }));
  }
  return story;
}

/** Changes the first event of a type as it goes by. */
const tamper = <Type extends AuditedEvent['type']>(
  events: readonly AuditedEvent[],
  type: Type,
  change: (event: Extract<AuditedEvent, { type: Type }>) => readonly AuditedEvent[],
): AuditedEvent[] => {
  const index = events.findIndex((event) => event.type === type);
  return events.flatMap((event, each) =>
    each === index ? change(event as Extract<AuditedEvent, { type: Type }>) : [event],
  );
};

describe('the audit of slot books', () => {
  it('counts what was offered and promised, and finds nothing wrong with an honest log', () => {
    const report = audit(eventsOf(twoAppointments()));
    expect(report.violations).toEqual([]);
    expect(report.appointments).toMatchObject({ confirmed: 2, ahead: 2, broken: 0 });
    expect(report.cells.every(({ promised, capacity }) => promised <= capacity)).toBe(true);
    expect(report).toMatchObject({ capacityVersion: 1, projectedVersion: 1, unanswered: 0 });
  });

  it('sees a cell that is promised more often than there are agents', () => {
    const events = eventsOf(twoAppointments());
    const oneAgent = tamper(events, 'CapacityProjected', ({ type, data }) => [
      { type, data: { ...data, rows: [aRow(1)] } },
    ]);
    expect(rulesBroken(oneAgent)).toContain('fits-capacity');
  });

  it('sees agents counted twice for different skills, though each skill alone fits', () => {
    const story = opened({
      rows: [
        aRow(1, { group: 'billing', skills: ['billing'] }),
        aRow(1, { group: 'french', skills: ['french'] }),
      ],
    });
    for (const [handoverId, skill] of [
      ['h1', 'billing'],
      ['h2', 'french'],
    ] as const) {
      story.when(request({ handoverId, skills: [skill] }));
      story.when(confirm({ handoverId, offerId: story.offer(handoverId).offerId }));
    }
    const both = tamper(eventsOf(story), 'CapacityProjected', ({ type, data }) => [
      { type, data: { ...data, rows: [aRow(1, { group: 'both', skills: ['billing', 'french'] })] } },
    ]);
    expect(rulesBroken(both)).toContain('fits-capacity');
  });

  it('sees an appointment that was not flagged when its capacity went away', () => {
    const story = twoAppointments();
    story.when(project({ version: 2, rows: [aRow(1)] }));
    story.when(request({ handoverId: 'h3' }));
    const honest = eventsOf(story);
    expect(rulesBroken(honest)).toEqual([]);
    expect(story.all('AppointmentAtRisk')).toHaveLength(1);
    const silent = honest.filter(({ type }) => type !== 'AppointmentAtRisk' && type !== 'AppointmentMoved');
    expect(rulesBroken(silent)).toContain('fits-capacity');
  });

  it('tells who was refused what and why, and what there was instead', () => {
    const story = opened({ rows: [aRow(1, { cells: [1, 0, 0, 0, 0, 0, 0, 1] })] });
    story.when(request({ wishes: { notAfter: toIso(tenOClock + 5 * minuteMs) } }));
    const { offerId } = story.offer();
    story.when(request({ handoverId: 'h2', wishes: { notAfter: toIso(tenOClock + 5 * minuteMs) } }));
    story.wait(4 * minuteMs);
    story.when(confirm({ offerId, requestId: 'late' }));
    const at = (text: string) => `2026-11-23T${text}:00.000Z`;
    expect(audit(eventsOf(story)).refusals).toMatchObject([
      { at: at('08:59'), handoverId: 'h2', refused: 'times', why: 'wishes-unmet', instead: [at('09:35')] },
      { at: at('09:03'), handoverId: 'h1', requestId: 'late', refused: { offerId }, why: 'hold-expired' },
    ]);
  });

  it('tells of withdrawn capacity that no event has answered yet, without calling it a violation', () => {
    const events = eventsOf(twoAppointments());
    const withdrawn = {
      type: 'CapacityProjected' as const,
      data: aProjection({ version: 2, rows: [aRow(1)] }),
    };
    expect(audit([...events, withdrawn])).toMatchObject({
      unanswered: 1,
      projectedVersion: 2,
      violations: [],
    });
  });

  it('sees a proof by a group that could not carry the promise', () => {
    const events = tamper(eventsOf(twoAppointments()), 'AppointmentConfirmed', ({ type, data }) => [
      { type, data: { ...data, group: 'nobody@noon' } },
    ]);
    expect(rulesBroken(events)).toEqual(['group-serves']);
  });

  it('sees a promise checked against a capacity that is old, or unknown', () => {
    const story = twoAppointments();
    story.when(project({ version: 2, rows: [aRow(2)] }));
    story.when(request({ handoverId: 'h3' }));
    story.when(confirm({ handoverId: 'h3', offerId: story.offer('h3').offerId }));
    const change = (capacityVersion: number): AuditedEvent[] => {
      const events = eventsOf(story);
      const last = events.findLastIndex(({ type }) => type === 'AppointmentConfirmed');
      return events.map((event, index) =>
        index === last && event.type === 'AppointmentConfirmed'
          ? { type: event.type, data: { ...event.data, capacityVersion } }
          : event,
      );
    };
    expect(rulesBroken(change(2))).toEqual([]);
    expect(rulesBroken(change(1))).toEqual(['current-capacity']);
    expect(rulesBroken(change(9))).toContain('current-capacity');
  });

  it('sees a confirmation of what was not held, or no longer', () => {
    const events = eventsOf(twoAppointments());
    expect(rulesBroken(events.filter(({ type }) => type !== 'OffersHeld'))).toContain('was-held');
    const late = tamper(events, 'OffersHeld', ({ type, data }) => [
      { type, data: { ...data, holdUntil: data.occurredAt } },
    ]);
    expect(rulesBroken(late)).toEqual(['was-held']);
  });

  it('sees a second appointment of one handover', () => {
    const events = tamper(eventsOf(twoAppointments()), 'AppointmentConfirmed', (event) => [
      event,
      { type: event.type, data: { ...event.data, appointmentId: 'another' } },
    ]);
    expect(rulesBroken(events)).toContain('one-appointment');
  });

  it('says of each appointment whether it was kept, flagged in time, or broken', () => {
    const story = twoAppointments();
    const [first, second] = story.all('AppointmentConfirmed');
    const after = Date.parse(second?.end ?? '') + minuteMs;
    const dial = (at: string | undefined): AuditedEvent => ({
      type: 'AttemptStarted',
      data: {
        callbackId: first?.appointmentId ?? '',
        handoverId: 'h1',
        pool: 'care',
        attemptId: 'x',
        attempt: 1,
        agentId: 'a',
        inWindow: true,
        occurredAt: at ?? '',
      },
    });
    const outcomes = (...more: readonly AuditedEvent[]): unknown =>
      auditSlots([...eventsOf(story), ...more], after).appointments;
    expect(outcomes()).toMatchObject({ kept: 0, broken: 2 });
    expect(outcomes(dial(first?.start))).toMatchObject({ kept: 1, broken: 1 });
    expect(outcomes(dial(first?.end))).toMatchObject({ kept: 0, broken: 2 });
    story.when(project({ version: 2, rows: [aRow(0)] }));
    expect(outcomes()).toMatchObject({ atRisk: 2, broken: 0 });
  });
});
