import { jest } from '@jest/globals';
import { aHandoverRequest, anOffersHeld } from '@handover/intake/testing';
import { StoreUnavailable } from '@handover/platform';
import { RunningIntake } from '../testing/a-running-intake.js';

const pending = 'I am still looking for a time for your call, one moment please.';

describe('when reservation does not answer within the budget', () => {
  let intake: RunningIntake;
  beforeAll(async () => {
    intake = await RunningIntake.start({ replyBudgetMs: 300 });
  });
  afterAll(() => intake.stop());
  beforeEach(() => {
    Object.assign(intake.reservation, { offering: 'nothing', confirming: 'nothing', speaks: true });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const post = (key: string, given = {}) =>
    intake.call('POST', '/v1/handovers', aHandoverRequest(given), { 'idempotency-key': key });

  it('the bot has a sentence to speak and a place to look', async () => {
    const { status, headers, body } = await post('late');
    expect(status).toBe(202);
    expect(headers).toMatchObject({
      'retry-after': '1',
      location: `/v1/handovers/${String(body['handoverId'])}`,
    });
    expect(body).toMatchObject({
      status: 'requested',
      say: pending,
      offers: [],
      routing: { pool: 'technical' },
      links: { self: headers['location'] },
    });
  });

  it('in the language of the caller', async () => {
    expect((await post('late-german', { language: 'de-CH' })).body['say']).toMatch(/einen Moment/);
  });

  it('the same request again waits for the answer to the first, and asks no second time', async () => {
    const { body } = await post('late-again');
    const handoverId = String(body['handoverId']);
    const [requested] = await intake.history(handoverId);
    const again = post('late-again');
    await intake.reservation.say(
      'OffersHeld',
      anOffersHeld({ handoverId, requestId: requested?.id }),
      'late',
    );
    const second = await again;
    // Whether it was heard in time or not, the log has it: the third time it is there at once.
    expect([201, 202]).toContain(second.status);
    expect(await post('late-again')).toMatchObject({ status: 201, body: { status: 'offered' } });
    const asked = intake.reservation.told.filter(({ subject }) => subject === handoverId);
    expect(asked).toHaveLength(1);
  });

  it('an answer that reached only the log is found there at the last moment', async () => {
    Object.assign(intake.reservation, { offering: 'offers', speaks: false });
    expect(await post('log-only')).toMatchObject({ status: 201, body: { status: 'offered' } });
  });

  it('an acceptance is pending too, and can be repeated', async () => {
    intake.reservation.offering = 'offers';
    const { body } = await post('accept-late');
    const handoverId = String(body['handoverId']);
    const accept = () =>
      intake.call('POST', `/v1/handovers/${handoverId}/appointment`, { offerId: `offer-1-of-${handoverId}` });
    expect(await accept()).toMatchObject({
      status: 202,
      headers: { 'retry-after': '1' },
      body: { say: pending },
    });
    expect(await accept()).toMatchObject({ status: 202 });
    const types = await intake.types(handoverId);
    expect(types.filter((type) => type === 'OfferAccepted')).toHaveLength(1);
  });

  it('and not even the log can be written, the bot still has a sentence to speak', async () => {
    jest.spyOn(intake.platform.store, 'append').mockRejectedValue(new StoreUnavailable('The log is away.'));
    expect(await post('no-log')).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: { type: '/problems/temporarily-unavailable', say: pending },
    });
  });

  it('and the log takes too long, it is not waited for', async () => {
    jest.spyOn(intake.platform.store, 'append').mockReturnValue(new Promise(() => undefined));
    expect(await post('slow-log', { language: 'de' })).toMatchObject({
      status: 503,
      body: { say: expect.stringMatching(/einen Moment/) },
    });
  });
});
