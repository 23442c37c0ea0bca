import { type CapacityProjected, type CapacityRow } from '@handover/contracts';
import { type Instant, minuteMs, secondMs, toIso } from '@handover/kernel';
import { type SlotCommand, decide } from '../decide.js';
import { type Entry } from '../slot-book.js';
import { aProjection, aRequest, aRow, cancel, confirm, release, tick } from './builders.js';
import { breaches } from './checker.js';
import { readLog } from './log-reader.js';
import { type Step, handovers } from './steps.js';
import { Story } from './story.js';

const skillSets = [['billing'], ['french'], ['billing', 'french']] as const;

/** Plays steps against a pool and its log, as the world would. */
export class World extends Story {
  private readonly sent: SlotCommand[] = [];
  private crashAfter: number | undefined;
  private version = 0;
  private requests = 0;
  private slotMinutes = 5;

  constructor(
    begin: Instant,
    private readonly handleSeconds: number,
  ) {
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
      handleSeconds: this.handleSeconds,
      horizonHours: 2,
      slotMinutes: this.slotMinutes,
    };
    const data: CapacityProjected = aProjection({
      version: this.version,
      full,
      rows: full ? rows : rows.slice(0, 1),
      settings,
      occurredAt: toIso(this.now),
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
