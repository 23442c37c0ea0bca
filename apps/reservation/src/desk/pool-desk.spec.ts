import { VirtualClock, minuteMs, secondMs, toIso } from '@handover/kernel';
import { type EventStore, StoreUnavailable, memoryEventStore } from '@handover/platform';
import { aRow, at, cancel, confirm, justBefore, project, request } from '@handover/reservation/testing';
import { aCause, aDesk, booksOf, entriesOf, projected } from '../testing/a-desk.js';

let clock: VirtualClock;
let store: EventStore;
beforeEach(() => {
  clock = new VirtualClock(justBefore);
  store = memoryEventStore(clock);
});

const types = async (): Promise<string[]> => (await entriesOf(store)).map(({ event }) => event.type);
const firstOffer = async (handoverId = 'h1'): Promise<string> => {
  for (const { event } of await entriesOf(store))
    if (event.type === 'OffersHeld' && event.data.handoverId === handoverId)
      return event.data.offers[0]?.offerId ?? '';
  throw new Error(`${handoverId} has no offers`);
};

describe('a desk', () => {
  it('marks every book that it may decide about before it decides', async () => {
    await aDesk({ store, clock }).handle(await projected(store), aCause());
    const marks = (await booksOf(store)).map(({ stream, type, data }) => [stream, type, data]);
    expect(marks).toHaveLength(17);
    expect(marks[0]).toEqual([
      'slotbook-care-2026-11-22',
      'BookOpened',
      { pool: 'care', day: '2026-11-22', owner: 'one', epoch: 1, occurredAt: toIso(justBefore) },
    ]);
  });

  it('stores what it decided in the book of the day, with the handover as correlation', async () => {
    const desk = aDesk({ store, clock });
    await desk.handle(await projected(store), aCause());
    const entries = await desk.handle(request(), aCause('intake/1'));
    const stored = (await booksOf(store)).at(-1);
    expect(entries.map(({ id }) => id)).toEqual([stored?.id]);
    expect(stored).toMatchObject({
      stream: 'slotbook-care-2026-11-23',
      type: 'OffersHeld',
      metadata: { correlationId: 'h1', causationId: 'intake/1' },
      data: {
        say: "I was not able to resolve that today, but I can schedule a call with a specialist at 10 o'clock this morning, at 10:30 or at 11 o'clock.",
      },
    });
  });

  it('answers a redelivered command with nothing new', async () => {
    const desk = aDesk({ store, clock });
    await desk.handle(await projected(store), aCause());
    await desk.handle(request(), aCause('intake/1'));
    expect(await desk.handle(request(), aCause('intake/1'))).toEqual([]);
    expect(await aDesk({ store, clock }).handle(request(), aCause('intake/1'))).toEqual([]);
    expect(await types()).toEqual(['OffersHeld']);
  });

  it('ends holds on time without being asked', async () => {
    const desk = aDesk({ store, clock });
    await desk.handle(await projected(store), aCause());
    await desk.handle(request(), aCause());
    clock.advanceBy(180 * secondMs);
    await desk.stop();
    expect(await types()).toEqual(['OffersHeld', 'HoldExpired']);
  });

  it('never says that nobody is there while the log knows better', async () => {
    const desk = aDesk({ store, clock });
    await desk.handle(request({ handoverId: 'h0' }), aCause());
    await projected(store); // the command that tells the desk is on its way
    await desk.handle(request(), aCause());
    expect(await types()).toEqual(['NoSlotFound', 'OffersHeld']);
  });

  it('says that a pool is unknown, in one book, and knows it as soon as it has capacity', async () => {
    const desk = aDesk({ store, clock });
    await desk.handle(request(), aCause());
    expect(await types()).toEqual(['NoSlotFound']);
    expect(await booksOf(store)).toHaveLength(2);
    await desk.handle(await projected(store), aCause());
    await desk.handle(request({ requestId: 'again' }), aCause());
    expect(await types()).toEqual(['NoSlotFound', 'OffersHeld']);
  });

  it('reads a projection that it missed from the log', async () => {
    const desk = aDesk({ store, clock });
    await desk.handle(await projected(store), aCause());
    await projected(store, { version: 2, full: false, rows: [aRow(0), aRow(1, { group: 'b@end' })] });
    const third = { version: 3, full: false, rows: [aRow(1, { group: 'c@end', from: toIso(at('12:00')) })] };
    await desk.handle(await projected(store, third), aCause());
    await desk.handle(request(), aCause());
    expect((await booksOf(store)).at(-1)?.data).toMatchObject({ offers: [{ group: 'b@end' }, {}, {}] });
  });

  it('waits for the log if a command tells of capacity that is not there yet', async () => {
    const desk = aDesk({ store, clock });
    await expect(desk.handle(project(), aCause())).rejects.toThrow(StoreUnavailable);
  });

  it('opens the books of a new day before it decides about them', async () => {
    const desk = aDesk({ store, clock });
    await desk.handle(await projected(store), aCause());
    clock.advanceBy(24 * 60 * minuteMs);
    await desk.handle(request(), aCause());
    const opened = (await booksOf(store)).filter(({ type }) => type === 'BookOpened');
    expect(new Set(opened.map(({ stream }) => stream)).size).toBe(18);
  });
});

describe('when an append fails', () => {
  /** The nth append from now fails, before or after it took effect: the desk cannot tell which. */
  const failOnce = (when: 'before' | 'after', nth = 1): void => {
    const append = store.append.bind(store);
    let left = nth;
    store.append = async (...given) => {
      left -= 1;
      if (left > 0) return append(...given);
      store.append = append;
      if (when === 'after') await append(...given);
      throw new StoreUnavailable('the connection was lost');
    };
  };

  it.each(['before', 'after'] as const)('%s it took effect, asking again gives one answer', async (when) => {
    const desk = aDesk({ store, clock });
    await desk.handle(await projected(store), aCause());
    failOnce(when);
    await expect(desk.handle(request(), aCause('intake/1'))).rejects.toThrow(StoreUnavailable);
    expect(await types()).toEqual(when === 'before' ? [] : ['OffersHeld']);
    await desk.handle(request(), aCause('intake/1'));
    expect(await types()).toEqual(['OffersHeld']);
  });

  it('between two books, whoever opens the pool next finishes what was begun', async () => {
    const twoDays = { settings: { horizonHours: 48 }, rows: [aRow(2, { hours: 48 })] };
    const tomorrow = { notBefore: toIso(at('08:00', '2026-11-24')) };
    const desk = aDesk({ store, clock });
    await desk.handle(await projected(store, twoDays), aCause());
    await desk.handle(request({ subjectId: 'anna' }), aCause());
    await desk.handle(confirm({ offerId: await firstOffer() }), aCause());
    await desk.handle(request({ handoverId: 'h2', subjectId: 'anna', wishes: tomorrow }), aCause());
    // The new appointment is in tomorrow's book; the old one, superseded, is to be cancelled in today's.
    failOnce('before', 2);
    const accepted = confirm({ handoverId: 'h2', offerId: await firstOffer('h2') });
    await expect(desk.handle(accepted, aCause())).rejects.toThrow(StoreUnavailable);
    expect((await types()).filter((type) => type === 'AppointmentCancelled')).toEqual([]);
    await aDesk({ store, clock, owner: 'two' }).handle(request({ handoverId: 'h3' }), aCause());
    const cancelled = (await entriesOf(store)).filter(({ event }) => event.type === 'AppointmentCancelled');
    expect(cancelled.map(({ event }) => event.data)).toMatchObject([
      { handoverId: 'h1', reason: 'superseded' },
    ]);
  });
});

describe('two desks for one pool', () => {
  const desks = async () => {
    const [one, two] = [aDesk({ store, clock }), aDesk({ store, clock, owner: 'two' })];
    await one.handle(await projected(store), aCause());
    return { one, two };
  };

  it('the one that was there before loses, in every book, and decides again on what it missed', async () => {
    const { one, two } = await desks();
    await two.handle(request(), aCause());
    // This one would take the same times, in the same book.
    await one.handle(request({ handoverId: 'h2' }), aCause());
    // And this one a time in the book of the day after, which the new owner never wrote to.
    const tomorrow = { wishes: { notBefore: toIso(at('08:00', '2026-11-24')) } };
    const more = { version: 2, settings: { horizonHours: 48 }, rows: [aRow(1, { hours: 48 })] };
    await two.handle(await projected(store, more), aCause());
    await one.handle(request({ handoverId: 'h3', ...tomorrow }), aCause());
    await two.handle(request({ handoverId: 'h4', ...tomorrow }), aCause());
    const starts = (await entriesOf(store)).flatMap(({ event }) =>
      event.type === 'OffersHeld' ? event.data.offers.map(({ start }) => start) : [],
    );
    expect(starts).toHaveLength(12);
    expect(new Set(starts).size).toBe(12);
  });

  it('the one that was there before loses even in a book that the new one never wrote a decision in', async () => {
    const twoDays = { version: 2, settings: { horizonHours: 48 }, rows: [aRow(2, { hours: 48 })] };
    const tomorrow = { notBefore: toIso(at('08:00', '2026-11-24')) };
    const { one, two } = await desks();
    await one.handle(await projected(store, twoDays), aCause());
    await one.handle(request({ handoverId: 'h0', wishes: tomorrow }), aCause());
    await two.handle(request({ handoverId: 'h1', subjectId: 'anna' }), aCause());
    // Its memory does not know the set of offers that Anna holds today; its decision would lie in tomorrow's book.
    await one.handle(request({ handoverId: 'h2', subjectId: 'anna', wishes: tomorrow }), aCause());
    expect(await types()).toEqual(['OffersHeld', 'OffersHeld', 'OfferReleased', 'OffersHeld']);
  });

  it('"nothing to do" is not believed from one that was replaced', async () => {
    const { one, two } = await desks();
    await two.handle(request(), aCause());
    await two.handle(confirm({ offerId: await firstOffer() }), aCause());
    await one.handle(cancel('h1', toIso(clock.now())), aCause());
    expect((await types()).at(-1)).toBe('AppointmentCancelled');
  });

  it('a timer of the one that was replaced does not take the pool back', async () => {
    const { one, two } = await desks();
    await one.handle(request(), aCause());
    clock.advanceBy(minuteMs);
    await two.handle(request({ handoverId: 'h2' }), aCause());
    clock.advanceBy(2 * minuteMs);
    await Promise.all([one.stop(), two.stop()]);
    const owners = (await booksOf(store))
      .filter(({ type }) => type === 'BookOpened')
      .map(({ data }) => (data as { owner: string }).owner);
    expect(owners.lastIndexOf('one')).toBeLessThan(owners.indexOf('two'));
    expect(await types()).toEqual(['OffersHeld', 'OffersHeld', 'HoldExpired']);
  });
});
