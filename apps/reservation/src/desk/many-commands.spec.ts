import { VirtualClock, toIso } from '@handover/kernel';
import { type EventStore, memoryEventStore } from '@handover/platform';
import { aRow, at, confirm, justBefore, request } from '@handover/reservation/testing';
import { aCause, aDesk, booksOf, entriesOf, projected } from '../testing/a-desk.js';

let clock: VirtualClock;
let store: EventStore;
beforeEach(() => {
  clock = new VirtualClock(justBefore);
  store = memoryEventStore(clock);
});

const types = async (): Promise<string[]> => (await entriesOf(store)).map(({ event }) => event.type);

describe('a desk that many ask at once', () => {
  it('decides many commands with one append', async () => {
    const desk = aDesk({ store, clock });
    await desk.handle(await projected(store, { rows: [aRow(50)] }), aCause());
    let appends = 0;
    const append = store.append.bind(store);
    store.append = (...given) => {
      appends += 1;
      return append(...given);
    };
    const ids = Array.from({ length: 40 }, (_, index) => `h${index}`);
    await Promise.all(ids.map((handoverId) => desk.handle(request({ handoverId }), aCause())));
    expect(await types()).toHaveLength(40);
    expect(appends).toBe(1);
  });

  it('stores what is more than an append can hold in parts, in its order', async () => {
    const desk = aDesk({ store, clock });
    const agents = 1_500;
    await desk.handle(await projected(store, { rows: [aRow(agents)] }), aCause());
    const ids = Array.from({ length: agents }, (_, index) => `h${index}`);
    const offers = new Map<string, string>();
    await Promise.all(
      ids.map(async (handoverId) => {
        const [held] = await desk.handle(request({ handoverId }), aCause());
        if (held?.event.type === 'OffersHeld')
          offers.set(handoverId, held.event.data.offers[0]?.offerId ?? '');
      }),
    );
    await Promise.all(
      ids.map((handoverId) =>
        desk.handle(confirm({ handoverId, offerId: offers.get(handoverId) ?? '' }), aCause()),
      ),
    );

    const later = [aRow(agents, { from: toIso(at('14:00')) })];
    const moved = await desk.handle(await projected(store, { version: 2, rows: later }), aCause());
    expect(moved).toHaveLength(2 * agents);
    const stored = (await booksOf(store)).slice(-2 * agents);
    expect(stored.map(({ id }) => id)).toEqual(moved.map(({ id }) => id));
    expect(JSON.stringify(stored.map(({ data }) => data)).length).toBeGreaterThan(1_000_000);
  });

  it('lets a command that cannot be decided fail alone', async () => {
    const desk = aDesk({ store, clock });
    await desk.handle(await projected(store), aCause());
    const ids = ['h1', 'h2', 'h3'];
    const settled = await Promise.allSettled([
      ...ids.map((handoverId) => desk.handle(request({ handoverId }), aCause())),
      desk.handle(request({ handoverId: 'h4', opportunityExpiresAt: 'no time at all' }), aCause()),
      desk.handle(request({ handoverId: 'h5' }), aCause()),
    ]);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(settled[3]).toMatchObject({ reason: expect.any(RangeError) });
    expect(await types()).toEqual(['OffersHeld', 'OffersHeld', 'OffersHeld', 'OffersHeld']);
  });
});
