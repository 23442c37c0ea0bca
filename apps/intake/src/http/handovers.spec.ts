import { HandoverAnswer, HandoverState } from '@handover/contracts';
import { aHandoverRequest } from '@handover/intake/testing';
import { validated } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { RunningIntake } from '../testing/a-running-intake.js';

describe('POST /v1/handovers', () => {
  let intake: RunningIntake;
  beforeAll(async () => {
    intake = await RunningIntake.start();
  });
  afterAll(() => intake.stop());
  beforeEach(() => {
    intake.reservation.offering = 'offers';
  });

  const post = (key: string, given = {}) =>
    intake.call('POST', '/v1/handovers', aHandoverRequest(given), { 'idempotency-key': key });

  it('answers with the times that reservation holds and the sentence that offers them', async () => {
    const { status, headers, body } = await post('times');
    expect(status).toBe(201);
    const handoverId = String(body['handoverId']);
    expect(headers['location']).toBe(`/v1/handovers/${handoverId}`);
    expect(body).toEqual({
      handoverId,
      status: 'offered',
      say: 'I was not able to resolve that today, but I can schedule a call with a specialist at 2:15 this afternoon or at 2:45.',
      offers: [
        {
          offerId: `offer-1-of-${handoverId}`,
          start: '2026-11-23T13:15:00.000Z',
          end: '2026-11-23T13:20:00.000Z',
          timeZone: 'Europe/Zurich',
          words: 'at 2:15 this afternoon',
          holdUntil: '2026-11-23T10:03:00.000Z',
        },
        expect.objectContaining({ offerId: `offer-2-of-${handoverId}`, words: 'at 2:45 this afternoon' }),
      ],
      completeness: { percent: 100, gaps: [] },
      routing: { pool: 'technical', skills: ['en', 'technical'], rule: 'technical' },
      links: {
        self: `/v1/handovers/${handoverId}`,
        appointment: `/v1/handovers/${handoverId}/appointment`,
        decline: `/v1/handovers/${handoverId}/decline`,
        context: `/v1/handovers/${handoverId}/context`,
      },
    });
    expect(await validated(body, HandoverAnswer, 'refused')).toHaveProperty('data');
  });

  it('asks the pool of the routing, with the skills, wishes and the first opportunity still open', async () => {
    const wishes = { notBefore: '2026-11-23T13:00:00Z', dayPart: 'afternoon' as const };
    const opportunities = [
      { opportunityId: 'gone', product: 'TV', expiresAt: '2026-11-23T09:00:00Z' },
      { opportunityId: 'later', product: 'Fibre', expiresAt: '2026-11-25T10:00:00Z' },
      { opportunityId: 'next', product: 'Fibre', expiresAt: '2026-11-24T12:00:00+02:00' },
    ];
    const { body } = await post('asks', { wishes, opportunities, language: 'de-CH' });
    const asked = intake.reservation.told.find(({ subject }) => subject === body['handoverId']);
    const [requested] = await intake.history(String(body['handoverId']));
    expect(asked?.type).toBe('slots.request');
    expect(asked?.extensions['partitionkey']).toBe('technical');
    expect(asked?.data).toEqual({
      requestId: requested?.id,
      handoverId: body['handoverId'],
      pool: 'technical',
      skills: ['de', 'technical'],
      subjectId: 'subject-1',
      issueType: 'technical-fault',
      urgency: 'high',
      language: 'de-CH',
      timeZone: 'Europe/Zurich',
      country: 'CH',
      wishes,
      opportunityExpiresAt: '2026-11-24T12:00:00+02:00',
      occurredAt: '2026-11-23T10:00:00.000Z',
    });
  });

  it('says why there is no time, and that the handover is open all the same', async () => {
    intake.reservation.offering = 'no-slot';
    const { status, body } = await post('no-time');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'no-slot',
      offers: [],
      noSlot: { reason: 'fully-booked' },
      say: 'I am sorry, all our specialists are booked, so I cannot schedule a call.',
    });
  });

  describe('with the same key', () => {
    it('and the same body gives the same handover and the same answer, and asks reservation once', async () => {
      const first = await post('again');
      const reordered = Object.fromEntries(Object.entries(aHandoverRequest()).reverse());
      const second = await intake.call('POST', '/v1/handovers', reordered, { 'idempotency-key': 'again' });
      expect(second).toMatchObject({ status: 201, body: first.body });
      expect(await intake.types(String(first.body['handoverId']))).toEqual([
        'HandoverRequested',
        'OffersHeld',
      ]);
    });

    it('gives the same answer after the context was amended and the offers are gone', async () => {
      const first = await post('again-late', { sentiment: undefined });
      const handoverId = String(first.body['handoverId']);
      await intake.call('PATCH', `/v1/handovers/${handoverId}/context`, { sentiment: { mood: 'calm' } });
      await intake.call('POST', `/v1/handovers/${handoverId}/decline`);
      expect((await post('again-late', { sentiment: undefined })).body).toEqual(first.body);
    });

    it('at the same moment gives one handover', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => post('storm')));
      expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
      expect(await intake.types(String(answers[0]?.body['handoverId']))).toEqual([
        'HandoverRequested',
        'OffersHeld',
      ]);
    });

    it('and another body is refused, whatever the first led to', async () => {
      const { body } = await post('reused');
      const other = await post('reused', { urgency: 'low' });
      expect(other).toMatchObject({
        status: 422,
        body: { type: '/problems/idempotency-key-reused', status: 422 },
      });
      expect(await intake.types(String(body['handoverId']))).toEqual(['HandoverRequested', 'OffersHeld']);
    });

    it('of another client is another handover', async () => {
      const headers = (client: string) => ({ 'idempotency-key': 'shared', 'handover-client': client });
      const [one, other] = await Promise.all([
        intake.call('POST', '/v1/handovers', aHandoverRequest(), headers('bot-1')),
        intake.call('POST', '/v1/handovers', aHandoverRequest(), headers('bot-2')),
      ]);
      expect(one.body['handoverId']).not.toBe(other.body['handoverId']);
    });
  });

  it('without a key is a new handover each time', async () => {
    const [one, other] = await Promise.all([
      intake.call('POST', '/v1/handovers', aHandoverRequest()),
      intake.call('POST', '/v1/handovers', aHandoverRequest()),
    ]);
    expect(one.body['handoverId']).not.toBe(other.body['handoverId']);
  });

  it('takes null for not said', async () => {
    const said = JSON.stringify({ ...aHandoverRequest(), sentiment: null, wishes: null });
    const { status, body } = await intake.call('POST', '/v1/handovers', said);
    expect(status).toBe(201);
    expect(body).toMatchObject({ completeness: { gaps: [{ field: 'sentiment' }] } });
    const [requested] = await intake.history(String(body['handoverId']));
    expect(Object.keys(Object(requested?.data))).not.toContain('wishes');
  });

  it('publishes the request without what is personal', async () => {
    const seen: string[] = [];
    const watch = intake.platform.bus.subscribe({
      group: 'watch',
      topics: ['handover.handovers.events.v1', 'handover.slots.commands.v1'],
      handler: async ({ key, value, headers }) =>
        void seen.push(JSON.stringify([key, headers, String(value)])),
    });
    const { body } = await post('private');
    const about = () => seen.filter((text) => text.includes(String(body['handoverId'])));
    await until(() => about().length >= 2);
    expect(about().join()).not.toMatch(/550100|Robin|C-1001|connection since|fingerprint/);
    await watch.stop();
  });
});

describe('GET /v1/handovers/{id}', () => {
  let intake: RunningIntake;
  beforeAll(async () => {
    intake = await RunningIntake.start();
  });
  afterAll(() => intake.stop());

  it('tells how it stands and how old it is, without anything personal', async () => {
    const { body: posted } = await intake.call('POST', '/v1/handovers', aHandoverRequest());
    intake.clock.advanceBy(90_000);
    const { status, body } = await intake.call('GET', `/v1/handovers/${String(posted['handoverId'])}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'offered',
      closed: false,
      ageSeconds: 90,
      offers: posted['offers'],
    });
    expect(await validated(body, HandoverState, 'refused')).toHaveProperty('data');
    expect(JSON.stringify(body)).not.toMatch(/550100|Robin|C-1001|connection since/);
  });

  it('knows only handovers', async () => {
    expect(await intake.call('GET', '/v1/handovers/nobody')).toMatchObject({
      status: 404,
      body: { type: '/problems/unknown-handover' },
    });
    expect(await intake.call('GET', '/v1/handovers/no%20body')).toMatchObject({
      status: 404,
      body: { type: '/problems/ill-formed-id', violations: [{ field: 'handoverId' }] },
    });
  });
});
