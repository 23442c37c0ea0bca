import { type CapacityProjected } from '@handover/contracts';
import { toIso } from '@handover/kernel';
import { type Entry, type Pool, type SlotCommand, decide, openPool } from '@handover/reservation';
import * as words from '@handover/words';
import { type Figures, timed } from './bench.js';

const pool = 'bench';
const begin = Date.UTC(2026, 10, 23, 7);
const cells = 156;
const groups = 16;

/** `agents` of each skill; `partial`: only the first skill's row is told. */
const projection = (version: number, agents: number, partial = false): CapacityProjected => ({
  pool,
  version,
  full: !partial,
  settings: { timeZone: 'Europe/Zurich', handleSeconds: 300, leadMinutes: 0, horizonHours: 14, holdShare: 1 },
  rows: Array.from({ length: partial ? 1 : groups }, (_, index) => ({
    group: `skill-${index}@evening`,
    skills: [`skill-${index}`],
    until: toIso(begin + cells * 300_000),
    from: toIso(begin),
    cells: new Array<number>(cells).fill(agents),
  })),
  handleTimes: [],
  occurredAt: toIso(begin),
});

function book(into: Pool, index: number): void {
  const handoverId = `handover-${index}`;
  const request: SlotCommand = {
    type: 'slots.request',
    data: {
      requestId: `request-${index}`,
      handoverId,
      pool,
      skills: [`skill-${index % groups}`],
      subjectId: `subject-${index}`,
      issueType: 'invoice',
      urgency: 'normal',
      language: 'en',
      timeZone: 'Europe/Zurich',
      occurredAt: toIso(begin),
    },
  };
  const [held] = decide(into, request, begin);
  if (held?.event.type !== 'OffersHeld') throw new Error(`${handoverId} was given no offers`);
  const offerId = held.event.data.offers[0]?.offerId ?? '';
  const data = { requestId: `confirm-${index}`, handoverId, pool, offerId, occurredAt: toIso(begin) };
  decide(into, { type: 'slots.confirm', data }, begin);
}

/** What a change of capacity costs a pool's writer, in memory, with so many appointments in its book. */
export async function benchCapacityChange({ appointments = 100_000 }): Promise<readonly Figures[]> {
  const figures: Figures[] = [];
  for (const inBook of [Math.ceil(appointments / 10), appointments]) {
    // Two thirds of the day are booked, the earlier hours wholly.
    const agents = Math.ceil((1.5 * inBook) / groups / cells);
    const { pool: opened } = openPool(
      { id: pool, entries: [], projections: [projection(1, agents)] },
      words,
      begin,
    );
    for (let index = 0; index < inBook; index += 1) book(opened, index);
    const measure = async (what: string, data: CapacityProjected): Promise<void> => {
      const command: SlotCommand = { type: 'slots.apply-capacity', data };
      const { seconds, result } = await timed((): readonly Entry[] => decide(opened, command, begin));
      const moved = result.filter(({ event }) => event.type === 'AppointmentMoved').length;
      figures.push({ appointments: inBook, what, moved, ms: Number((1_000 * seconds).toFixed(2)) });
    };
    await measure('all rows, nothing changed', projection(2, agents));
    await measure('one row, nothing changed', projection(3, agents, true));
    await measure('one row, one agent fewer', projection(4, agents - 1, true));
    await measure('one row, a fifth fewer', projection(5, Math.floor(0.8 * agents), true));
  }
  return figures;
}
