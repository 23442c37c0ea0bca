import { streams, topics } from '@handover/contracts';
import { VirtualClock } from '@handover/kernel';
import { type EventStore, memoryEventStore } from '@handover/platform';
import { aRow, cancel, confirm, justBefore, request } from '@handover/reservation/testing';
import { publishes } from './publishes.js';
import { aCause, aDesk, booksOf, projected } from './testing/a-desk.js';

const told = async (store: EventStore) =>
  (await booksOf(store)).flatMap((stored) => publishes(stored).map((out) => ({ from: stored.type, ...out })));

describe('the slot book tells', () => {
  const clock = new VirtualClock(justBefore);
  const store = memoryEventStore(clock);
  const desk = aDesk({ store, clock });
  let offerId = '';

  beforeAll(async () => {
    await desk.handle(await projected(store, { rows: [aRow(1, { cells: [0, 1, 0, 0] })] }), aCause());
    await desk.handle(request(), aCause());
    for await (const { data } of store.readStream(streams.slotBook('care', '2026-11-23'), {
      backwards: true,
      limit: 1,
    }))
      offerId = (data as { offers: { offerId: string }[] }).offers[0]?.offerId ?? '';
    await desk.handle(confirm({ offerId }), aCause());
    await desk.handle(
      await projected(store, { version: 2, rows: [aRow(1, { cells: [0, 0, 1, 0] })] }),
      aCause(),
    );
    await desk.handle(cancel(), aCause());
  });

  it('every event to whoever follows the handover, and nothing about owners', async () => {
    const events = (await told(store)).filter(({ topic }) => topic === topics.appointmentEvents);
    expect(events.map(({ type, key }) => [type, key])).toEqual([
      ['OffersHeld', 'h1'],
      ['AppointmentConfirmed', 'h1'],
      ['AppointmentAtRisk', 'h1'],
      ['AppointmentMoved', 'h1'],
      ['AppointmentCancelled', 'h1'],
    ]);
    expect((await told(store)).some(({ from }) => from === 'BookOpened')).toBe(false);
  });

  it('dialing whom to call, when instead, and whom not, in the order of the pool', async () => {
    const commands = (await told(store)).filter(({ topic }) => topic === topics.callbackCommands);
    const callback = {
      handoverId: 'h1',
      pool: 'care',
      callbackId: (commands[0]?.data as { callbackId: string }).callbackId,
    };
    expect(commands.map(({ type, key, data }) => ({ type, key, data }))).toMatchObject([
      {
        type: 'callbacks.schedule',
        key: 'care',
        data: {
          ...callback,
          skills: ['billing'],
          subjectId: 'subject-h1',
          issueType: 'invoice',
          language: 'en',
          timeZone: 'Europe/Zurich',
          start: '2026-11-23T09:05:00.000Z',
          end: '2026-11-23T09:10:00.000Z',
          handleSeconds: 300,
        },
      },
      { type: 'callbacks.reschedule', key: 'care', data: { ...callback, start: '2026-11-23T09:10:00.000Z' } },
      { type: 'callbacks.cancel', key: 'care', data: { ...callback, reason: 'caller' } },
    ]);
  });
});
