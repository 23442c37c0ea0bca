import fc from 'fast-check';
import { type CapacityProjected, type CapacityRow } from '@handover/contracts';
import { type Instant, minuteMs, secondMs, toIso } from '@handover/kernel';
import { auditSlots } from './audit/audit.js';
import { eventsOf } from './audit/audited-story.js';
import { type SlotCommand, decide } from './decide.js';
import { type Entry } from './slot-book.js';
import { aProjection, aRequest, aRow, at, cancel, confirm, release, tick } from './testing/builders.js';
import { breaches, fits } from './testing/checker.js';
import { readLog } from './testing/log-reader.js';
import { Story } from './testing/story.js';

const { RUNS, CI } = process.env;
/** Any number with RUNS=… */
const numRuns = Number(RUNS ?? (CI === 'true' ? 10_000 : 500));
const handovers = ['h0', 'h1', 'h2', 'h3', 'h4'] as const;

type Step =
  | {
      readonly do: 'request';
      readonly who: number;
      readonly wants: readonly string[];
      readonly urgent: boolean;
    }
  | { readonly do: 'confirm'; readonly nth: number; readonly thief: number }
  | { readonly do: 'release' | 'cancel'; readonly who: number }
  | {
      readonly do: 'capacity';
      readonly cells: readonly (readonly number[])[];
      readonly full: boolean;
      /** The grid changes. */
      readonly regrid: boolean;
    }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'repeat'; readonly back: number }
  | { readonly do: 'restart' }
  /** The next command's process dies after the first few of its appends; another one takes over. */
  | { readonly do: 'crash'; readonly stored: number };

const who = fc.nat(handovers.length - 1);
const cells = fc.array(fc.nat(2), { minLength: 6, maxLength: 14 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('request' as const),
      who,
      wants: fc.constantFrom(['billing'], ['french'], ['billing', 'french']),
      urgent: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('confirm' as const),
      nth: fc.nat(7),
      thief: fc.oneof({ weight: 9, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: who }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('release' as const, 'cancel' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('capacity' as const),
      cells: fc.tuple(cells, cells, cells),
      full: fc.boolean(),
      regrid: fc.oneof(
        { weight: 7, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(400) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), back: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), stored: fc.nat(3) }) },
);

const skillSets = [['billing'], ['french'], ['billing', 'french']] as const;

/** Plays steps against a pool and its log, as the world would. */
class World extends Story {
  private readonly sent: SlotCommand[] = [];
  private crashAfter: number | undefined;
  private version = 0;
  private requests = 0;
  private slotMinutes = 5;

  constructor(begin: Instant) {
    super(begin);
    this.change(
      [
        [1, 1, 1, 1, 1, 1],
        [1, 1, 1, 1, 1, 1],
        [1, 1, 1, 1, 1, 1],
      ],
      true,
    );
  }

  play(next: Step): void {
    switch (next.do) {
      case 'request':
        return this.send({ type: 'slots.request', data: this.aRequestOf(next) });
      case 'confirm':
        return this.confirmOffer(next.nth, handovers[next.thief]);
      case 'release':
        return this.send(release(handovers[next.who], toIso(this.now)));
      case 'cancel':
        return this.send(cancel(handovers[next.who], toIso(this.now)));
      case 'capacity':
        if (next.regrid) this.slotMinutes = this.slotMinutes === 5 ? 15 : 5;
        return this.change(next.cells, next.full || next.regrid);
      case 'wait':
        this.wait(next.seconds * secondMs);
        return this.send(tick);
      case 'repeat':
        return this.send(this.sent.at(-1 - next.back) ?? tick);
      case 'restart':
        return void this.reopen();
      case 'crash':
        this.crashAfter = next.stored;
    }
  }

  /** What is broken now; the projections count as far as the pool has applied them. */
  breaches(): readonly string[] {
    const applied = this.projections.filter(({ version }) => version <= (this.pool.capacity?.version ?? 0));
    return breaches(readLog(this.log), applied, this.now);
  }

  private aRequestOf(next: Step & { do: 'request' }) {
    const handoverId = handovers[next.who] ?? 'h0';
    this.requests += 1;
    return aRequest({
      handoverId,
      requestId: `request-${this.requests}`,
      subjectId: `subject-${next.who % 2}`,
      skills: [...next.wants],
      urgency: next.urgent ? 'critical' : 'normal',
      occurredAt: toIso(this.now),
    });
  }

  /** The nth newest offer of all, accepted by its own handover or by a thief. */
  private confirmOffer(nth: number, thief?: string): void {
    const offered = this.all('OffersHeld').flatMap(({ offers, handoverId }) =>
      offers.map(({ offerId }) => ({ offerId, handoverId })),
    );
    const { offerId, handoverId } = offered.at(-1 - nth) ?? { offerId: 'invented', handoverId: 'h0' };
    const requestId = `confirm-${this.sent.length}`;
    this.send(confirm({ offerId, handoverId: thief ?? handoverId, requestId, occurredAt: toIso(this.now) }));
  }

  private change(groups: readonly (readonly number[])[], full: boolean): void {
    this.version += 1;
    // As capacity does it: rows begin with the present cell, and what has begun before lies half outside.
    const slotMs = this.slotMinutes * minuteMs;
    const from = toIso(Math.floor(this.now / slotMs) * slotMs);
    const rows = groups.map((cells, index): CapacityRow =>
      aRow(0, {
        group: `group${index}`,
        skills: [...(skillSets[index] ?? [])],
        from,
        cells: [...cells],
      }),
    );
    // Capacity lies within two hours: what is beyond would be searched in vain.
    const settings = {
      callingHours: { from: '00:00', to: '00:00' },
      handleSeconds: 420,
      horizonHours: 2,
      slotMinutes: this.slotMinutes,
    };
    const data: CapacityProjected = aProjection({
      version: this.version,
      full,
      rows: full ? rows : rows.slice(0, 1),
      settings,
    });
    // The projection is stored before the command arrives: a restart in between knows it already.
    this.projections.push(data);
    this.send({ type: 'slots.apply-capacity', data });
  }

  private send(command: SlotCommand): void {
    this.sent.push(command);
    const entries = decide(this.pool, command, this.now);
    if (this.crashAfter === undefined) return void this.store(entries);
    this.store(appends(entries).slice(0, this.crashAfter).flat());
    this.crashAfter = undefined;
    this.reopen();
    this.store(decide(this.pool, command, this.now));
  }
}

/** Neighbours in one book are stored together or not at all. */
function appends(entries: readonly Entry[]): Entry[][] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run?.[0]?.day === entry.day) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

describe('whatever is asked, repeated, withdrawn, expires or crashes, in any order', () => {
  it(
    'nothing is promised twice, too late, or beyond capacity',
    () => {
      const seen = { confirmed: 0, moved: 0, refused: 0, superseded: 0 };
      const begin = fc.constantFrom(at('09:59'), at('23:29'));
      fc.assert(
        fc.property(begin, fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), (from, steps) => {
          const world = new World(from);
          for (const next of steps) {
            world.play(next);
            // A matcher a step would cost as much as the checker.
            if (world.breaches().length > 0) expect(world.breaches()).toEqual([]);
          }
          expect(auditSlots(eventsOf(world)).violations).toEqual([]);
          expect(new Set(world.log.map(({ id }) => id)).size).toBe(world.log.length);
          seen.confirmed += world.all('AppointmentConfirmed').length;
          seen.moved += world.all('AppointmentMoved').length;
          seen.refused += world.all('ConfirmationRefused').length;
          seen.superseded += world
            .all('AppointmentCancelled')
            .filter(({ reason }) => reason === 'superseded').length;
        }),
        { numRuns },
      );
      // The interleavings must reach what they are about.
      for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 50);
    },
    20_000 + numRuns * 100,
  );
});

describe('the checker', () => {
  it('sees what does not fit', () => {
    const hold = (id: string, minutes: number, seconds = 300) => ({
      id,
      handoverId: id,
      subject: id,
      skills: ['billing'],
      start: at('10:00') + minutes * minuteMs,
      seconds,
    });
    const one = [aProjection({ rows: [aRow(1, { cells: [1, 1, 0] })] })];
    expect(fits([hold('a', 0), hold('b', 5)], one)).toBe(true);
    expect(fits([hold('a', 0), hold('b', 0)], one)).toBe(false);
    expect(fits([hold('a', 0, 301), hold('b', 5)], one)).toBe(false);
    expect(fits([hold('a', 10)], one)).toBe(false);
  });
});
