import fc from 'fast-check';
import { type CapacityProjected } from '@handover/contracts';
import { VirtualClock, toIso } from '@handover/kernel';
import { type EventStore, StoreUnavailable, memoryEventStore } from '@handover/platform';
import { type SlotCommand } from '@handover/reservation';
import { aRow, at, breaches, confirm, readLog, request } from '@handover/reservation/testing';
import { aCause, aDesk, entriesOf, projected } from '../testing/a-desk.js';
import { type PoolDesk } from './pool-desk.js';

const numRuns = Number(process.env['RUNS'] ?? 100);
const begin = at('23:40');
const settings = { callingHours: { from: '00:00', to: '00:00' }, handleSeconds: 420 };
/** Two agents over midnight: offers lie in two day-books, and a callback may reach from one into the other. */
const midnight = { rows: [aRow(2, { from: toIso(at('23:45')), hours: 1 })], settings };

/** The store as a slow network shows it: every call may be overtaken by any other. */
function slow(
  store: EventStore,
  scheduler: fc.Scheduler,
  fails: (type: string | undefined) => 'before' | 'after' | undefined,
): EventStore {
  const wait = (what: string): Promise<void> => scheduler.schedule(Promise.resolve(), what);
  return {
    ...bound(store),
    append: async (...given) => {
      await wait('append');
      const when = fails(given[1][0]?.type);
      if (when === 'before') throw new StoreUnavailable('before the append');
      const result = await store.append(...given);
      if (when === 'after') throw new StoreUnavailable('after the append');
      return result;
    },
    readStream: async function* (...given) {
      await wait('read');
      yield* store.readStream(...given);
    },
  };
}

const bound = (store: EventStore): EventStore => ({
  append: store.append.bind(store),
  readStream: store.readStream.bind(store),
  readAll: store.readAll.bind(store),
  readCorrelation: store.readCorrelation.bind(store),
  subscribe: store.subscribe.bind(store),
  head: store.head.bind(store),
  readRegister: store.readRegister.bind(store),
  writeRegister: store.writeRegister.bind(store),
  close: store.close.bind(store),
});

/** Delivers until it is taken, as the bus does. */
async function deliver(desk: PoolDesk, command: SlotCommand, id: string): Promise<void> {
  for (;;) {
    try {
      await desk.handle(command, aCause(id));
      return;
    } catch (fault) {
      if (!(fault instanceof StoreUnavailable)) throw fault;
    }
  }
}

const today = { notAfter: toIso(at('00:00', '2026-11-24')) };
const tomorrow = { notBefore: toIso(at('00:00', '2026-11-24')) };
const sent = fc.record({
  who: fc.nat(3),
  wishes: fc.constantFrom({}, today, tomorrow),
  /** The processes that get the request: it may be delivered to several. */
  to: fc.uniqueArray(fc.nat(2), { minLength: 1 }),
});
const failing = (healthy: number) =>
  fc.array(
    fc.oneof(
      { weight: healthy, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom('before' as const, 'after' as const) },
    ),
    { maxLength: 40, size: 'max' },
  );
/** Apart, since opening a pool takes seventeen appends before the first decision is stored. */
const faults = fc.record({ marks: failing(40), decisions: failing(1) });

type Sent = typeof sent extends fc.Arbitrary<infer Value> ? Value : never;
type Faults = typeof faults extends fc.Arbitrary<infer Value> ? Value : never;

/** Sends the requests, then accepts every offer at every process; gives the log. */
async function fight(scheduler: fc.Scheduler, requests: readonly Sent[], { marks, decisions }: Faults) {
  const coming = { marks: [...marks], decisions: [...decisions] };
  const failed = { marks: 0, decisions: 0 };
  const clock = new VirtualClock(begin);
  const memory = memoryEventStore(clock);
  const { data } = (await projected(memory, midnight)) as { data: CapacityProjected };
  const store = slow(memory, scheduler, (type) => {
    const kind = type === 'BookOpened' ? 'marks' : 'decisions';
    const next = coming[kind].pop();
    if (next) failed[kind] += 1;
    return next;
  });
  const desks = [0, 1, 2].map((index) => aDesk({ store, clock, owner: `p${index}` }));
  const all = (commands: readonly { readonly command: SlotCommand; readonly to: readonly number[] }[]) =>
    scheduler.waitFor(
      Promise.all(
        commands.flatMap(({ command, to }, index) =>
          desks
            .filter((_, number) => to.includes(number))
            .map((desk) => deliver(desk, command, `${command.type}/${index}`)),
        ),
      ),
    );
  await all(
    requests.map(({ who, wishes, to }, index) => ({
      command: request({ handoverId: `h${who}`, requestId: `r${index}`, wishes, urgency: 'critical' }),
      to,
    })),
  );
  const offered = readLog(await entriesOf(memory)).holds;
  await all(
    offered.map(({ id, handoverId }) => ({
      command: confirm({ offerId: id, handoverId }),
      to: [0, 1, 2],
    })),
  );
  return { log: await entriesOf(memory), capacity: [data], failed };
}

describe('three processes that all believe to own the pool, on a slow network, with appends that fail', () => {
  it(
    'never promise anything twice, and answer each request once',
    async () => {
      let confirmed = 0;
      const failures = { marks: 0, decisions: 0 };
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.array(sent, { minLength: 2, maxLength: 10 }),
          faults,
          async (scheduler, requests, coming) => {
            const { log, capacity, failed } = await fight(scheduler, requests, coming);
            expect(breaches(readLog(log), capacity, begin)).toEqual([]);
            const answers = log.flatMap(({ event }) =>
              event.type === 'OffersHeld' || event.type === 'NoSlotFound' ? [event.data.requestId] : [],
            );
            expect(answers.filter((id) => id.startsWith('r')).sort()).toEqual(
              requests.map((_, index) => `r${index}`).sort(),
            );
            failures.marks += failed.marks;
            failures.decisions += failed.decisions;
            confirmed += log.filter(({ event }) => event.type === 'AppointmentConfirmed').length;
          },
        ),
        { numRuns },
      );
      // The fights must reach what they are about.
      expect(confirmed).toBeGreaterThan(numRuns);
      expect(failures.marks).toBeGreaterThan(numRuns / 10);
      expect(failures.decisions).toBeGreaterThan(numRuns);
    },
    60_000 + numRuns * 1_000,
  );
});
