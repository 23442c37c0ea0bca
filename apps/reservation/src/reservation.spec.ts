import { streams, topicDefinitions, topics, type AppointmentStatus, type Offer } from '@handover/contracts';
import { VirtualClock } from '@handover/kernel';
import {
  type Platform,
  type ReceivedMessage,
  type RunningService,
  startService,
  toBusMessage,
} from '@handover/platform';
import { aPlatform, until } from '@handover/platform/testing';
import { type SlotCommand } from '@handover/reservation';
import { aRow, cancel, confirm, justBefore, request } from '@handover/reservation/testing';
import { reservationService } from './index.js';
import { projected } from './testing/a-desk.js';

describe('the reservation service', () => {
  let platform: Platform;
  let service: RunningService;
  const heard: ReceivedMessage[] = [];
  let sent = 0;

  /** As intake and capacity tell it; the same id again is a redelivery. */
  const send = async (command: SlotCommand, id = `m${++sent}`): Promise<void> => {
    if (!('data' in command)) return;
    const { type, data } = command;
    const event = {
      id,
      source: '/handover/test',
      type,
      time: undefined,
      subject: undefined,
      extensions: {},
      data,
    };
    await platform.bus.publish([toBusMessage(event, { topic: topics.slotCommands, key: data.pool })]);
  };
  const of = (type: string) => heard.filter(({ headers }) => headers['ce_type'] === type);
  const dataOf = (type: string, index = 0) => JSON.parse(String(of(type)[index]?.value));
  const get = async (url: string) => {
    const answer = await service.app.inject({ method: 'GET', url });
    return { status: answer.statusCode, body: answer.json() };
  };

  beforeAll(async () => {
    platform = await aPlatform({ clock: new VirtualClock(justBefore), topics: topicDefinitions });
    service = await startService(reservationService, platform, { listen: false });
    const listening = platform.bus.subscribe({
      group: 'test',
      topics: [topics.appointmentEvents, topics.callbackCommands],
      handler: async (message) => void heard.push(message),
    });
    await listening.ready;
    await send(await projected(platform.store, { rows: [aRow(2)] }));
    await send(request());
    await until(() => of('OffersHeld').length === 1);
  });
  afterAll(async () => {
    await service.stop();
    await platform.close();
  });

  it('answers a request for times on the bus, to whoever follows the handover', () => {
    const [held] = of('OffersHeld');
    expect(held?.key).toBe('h1');
    expect(dataOf('OffersHeld')).toMatchObject({ requestId: 'request-h1', offers: [{}, {}, {}] });
  });

  it('confirms an offer once, however often it is told, and sends the callback to dialing', async () => {
    const { offerId } = dataOf('OffersHeld').offers[1] as Offer;
    await send(confirm({ offerId }), 'accepted');
    await send(confirm({ offerId }), 'accepted');
    await send(request({ handoverId: 'h2' }));
    await until(() => of('OffersHeld').length === 2);
    expect(of('AppointmentConfirmed')).toHaveLength(1);
    expect(of('callbacks.schedule').map(({ key }) => key)).toEqual(['care']);
  });

  it('shows the appointment, by itself and in its day', async () => {
    const { appointmentId, start, words } = dataOf('AppointmentConfirmed') as AppointmentStatus;
    await until(async () => (await get(`/v1/appointments/${appointmentId}`)).status === 200);
    const { body } = await get(`/v1/appointments/${appointmentId}`);
    expect(body).toMatchObject({ appointmentId, handoverId: 'h1', state: 'confirmed', start, words });
    expect(JSON.stringify(body)).not.toContain('subject');
    expect((await get('/v1/pools/care/appointments?day=2026-11-23')).body).toEqual({ appointments: [body] });
    expect((await get('/v1/pools/care/appointments?day=2026-11-24')).body).toEqual({ appointments: [] });
  });

  it('shows what is promised and what is free, cell by cell', async () => {
    const { body } = await get('/v1/pools/care/book?hours=1');
    expect(body).toMatchObject({
      pool: 'care',
      capacityVersion: 1,
      slotMinutes: 5,
      from: '2026-11-23T08:55:00.000Z',
    });
    expect(body.held).toEqual([0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(body.promised).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(body.free).toEqual([{ skills: ['billing'], cells: [0, 1, 2, 2, 2, 2, 2, 0, 2, 2, 2, 2] }]);
  });

  it('shows a cancelled appointment as such', async () => {
    const { appointmentId } = dataOf('AppointmentConfirmed') as AppointmentStatus;
    await send(cancel());
    await until(() => of('callbacks.cancel').length === 1);
    await until(async () => (await get(`/v1/appointments/${appointmentId}`)).body.state === 'cancelled');
    expect((await get(`/v1/appointments/${appointmentId}`)).body.cancelReason).toBe('caller');
  });

  it.each([
    ['/v1/appointments/nobody', 404, 'unknown-appointment'],
    ['/v1/pools/nowhere/book', 404, 'unknown-pool'],
    ['/v1/pools/nowhere/appointments', 404, 'unknown-pool'],
    ['/v1/pools/care/book?hours=337', 400, 'invalid-request'],
    ['/v1/pools/care/appointments?day=tomorrow', 400, 'invalid-request'],
    ['/v1/pools/care/appointments?limit=0', 400, 'invalid-request'],
    ['/v1/pools/care/appointments?after=x', 400, 'invalid-request'],
    ['/v1/pools/care/appointments?colour=red', 400, 'invalid-request'],
  ])('%s is refused with %i %s', async (url, status, type) => {
    const answer = await get(url);
    expect([answer.status, answer.body.type]).toEqual([status, expect.stringContaining(type)]);
  });

  it('a command that breaks a rule is dead-lettered, and the next one is decided', async () => {
    const broken = request({ handoverId: 'h3', timeZone: 'Nowhere/Land', pool: 'other' });
    await send(broken);
    await send(request({ handoverId: 'h4' }));
    await until(() => of('OffersHeld').some(({ key }) => key === 'h4'));
    expect(of('OffersHeld').some(({ key }) => key === 'h3')).toBe(false);
    for await (const { type } of platform.store.readStream(streams.slotBook('other', '2026-11-23')))
      expect(type).toBe('nothing is written for it');
  });
});

describe('pages of appointments', () => {
  it('follow each other without gap or repeat', async () => {
    const platform = await aPlatform({ clock: new VirtualClock(justBefore), topics: topicDefinitions });
    const service = await startService(reservationService, platform, { listen: false });
    const ids: string[] = [];
    const { Desks } = await import('./desk/desks.js');
    const desk = service.app.get(Desks).of('care');
    await desk.handle(await projected(platform.store, { rows: [aRow(3)] }), {
      id: 'c',
      correlationId: 'care',
    });
    for (const handoverId of ['h1', 'h2', 'h3', 'h4', 'h5']) {
      const cause = { id: handoverId, correlationId: handoverId };
      const [held] = await desk.handle(request({ handoverId }), cause);
      if (held?.event.type !== 'OffersHeld') throw new Error('no offers');
      await desk.handle(confirm({ handoverId, offerId: held.event.data.offers[0]?.offerId ?? '' }), cause);
    }
    const page = async (query: string) =>
      (await service.app.inject({ url: `/v1/pools/care/appointments?${query}` })).json();
    await until(async () => (await page('limit=9')).appointments.length === 5);
    for (let after = ''; ;) {
      const { appointments, next } = await page(`limit=2${after}`);
      ids.push(...appointments.map(({ handoverId }: AppointmentStatus) => handoverId));
      if (!next) break;
      after = `&after=${next}`;
    }
    expect(ids.sort()).toEqual(['h1', 'h2', 'h3', 'h4', 'h5']);
    await service.stop();
    await platform.close();
  });
});
