import { AppointmentAnswer } from '@handover/contracts';
import { aHandoverRequest } from '@handover/intake/testing';
import { idFrom } from '@handover/kernel';
import { validated } from '@handover/platform';
import { RunningIntake } from '../testing/a-running-intake.js';

describe('POST /v1/handovers/{id}/appointment', () => {
  let intake: RunningIntake;
  beforeAll(async () => {
    intake = await RunningIntake.start();
  });
  afterAll(() => intake.stop());
  beforeEach(() => {
    intake.reservation.confirming = 'confirm';
  });

  async function offered(): Promise<{ handoverId: string; offerId: string }> {
    const { body } = await intake.call('POST', '/v1/handovers', aHandoverRequest());
    const handoverId = String(body['handoverId']);
    return { handoverId, offerId: `offer-1-of-${handoverId}` };
  }
  const accept = (handoverId: string, body: object) =>
    intake.call('POST', `/v1/handovers/${handoverId}/appointment`, body);

  it('answers with the appointment and the words that confirm it', async () => {
    const { handoverId, offerId } = await offered();
    const { status, body } = await accept(handoverId, { offerId });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      handoverId,
      status: 'scheduled',
      say: 'Thank you, a specialist will call you at 2:15 this afternoon.',
      appointment: {
        appointmentId: idFrom('appointment', offerId),
        offerId,
        start: '2026-11-23T13:15:00.000Z',
        timeZone: 'Europe/Zurich',
        words: 'at 2:15 this afternoon',
        state: 'confirmed',
      },
    });
    expect(await validated(body, AppointmentAnswer, 'refused')).toHaveProperty('data');
  });

  it('again gives the same answer and asks reservation once', async () => {
    const { handoverId, offerId } = await offered();
    const answers = [await accept(handoverId, { offerId }), await accept(handoverId, { offerId })];
    expect(answers[1]).toMatchObject({ status: 201, body: answers[0]?.body });
    const types = await intake.types(handoverId);
    expect(types.filter((type) => type === 'OfferAccepted')).toHaveLength(1);
  });

  it('at the same moment is one acceptance', async () => {
    const { handoverId, offerId } = await offered();
    const answers = await Promise.all(Array.from({ length: 6 }, () => accept(handoverId, { offerId })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
    const types = await intake.types(handoverId);
    expect(types.filter((type) => type === 'OfferAccepted')).toHaveLength(1);
  });

  it('keeps another number where only dialing reads it', async () => {
    const { handoverId, offerId } = await offered();
    const { body } = await accept(handoverId, { offerId, phoneNumber: '+41795550199' });
    expect(JSON.stringify(body)).not.toContain('550199');
    const accepted = (await intake.history(handoverId)).find(({ type }) => type === 'OfferAccepted');
    expect(accepted?.data).toMatchObject({ personal: { phoneNumber: '+41795550199' } });
    expect(JSON.stringify(intake.reservation.told)).not.toContain('550199');
  });

  it('takes another number for the appointment that stands, and answers with that appointment', async () => {
    const { handoverId, offerId } = await offered();
    const first = await accept(handoverId, { offerId });
    const second = await accept(handoverId, { offerId, phoneNumber: '+41795550188' });
    expect(second).toMatchObject({ status: 201, body: first.body });
    const numbers = (await intake.history(handoverId)).flatMap(({ type, data }) =>
      type === 'OfferAccepted' ? [data] : [],
    );
    expect(numbers.at(-1)).toMatchObject({ personal: { phoneNumber: '+41795550188' } });
  });

  it('after the hold has expired gives fresh offers and the sentence for them, and so again', async () => {
    intake.reservation.confirming = 'hold-expired';
    const { handoverId, offerId } = await offered();
    const answers = [await accept(handoverId, { offerId }), await accept(handoverId, { offerId })];
    expect(answers[0]).toMatchObject({
      status: 409,
      headers: { 'content-type': expect.stringContaining('application/problem+json') },
      body: {
        type: '/problems/hold-expired',
        handoverId,
        say: expect.stringMatching(/^I am sorry/),
        offers: [
          { offerId: 'offer-1', words: 'at 2:15 this afternoon', timeZone: 'Europe/Zurich' },
          { offerId: 'offer-2', holdUntil: '2026-11-23T10:03:00.000Z' },
        ],
      },
    });
    expect(answers[1]?.body).toEqual(answers[0]?.body);
  });

  it("of someone else's offer is refused, with a sentence to speak", async () => {
    intake.reservation.confirming = 'unknown-offer';
    const { handoverId } = await offered();
    expect(await accept(handoverId, { offerId: 'offer-of-another' })).toMatchObject({
      status: 409,
      body: { type: '/problems/unknown-offer', say: expect.any(String), offers: [] },
    });
  });

  it('of a handover that nobody asked for is refused, before anything is written', async () => {
    expect(await accept('nobody', { offerId: 'offer-1' })).toMatchObject({
      status: 404,
      body: { type: '/problems/unknown-handover' },
    });
    expect(await intake.history('nobody')).toEqual([]);
  });

  it('of a closed handover is refused and says how it was closed, also when it was accepted before', async () => {
    const { handoverId, offerId } = await offered();
    await accept(handoverId, { offerId });
    const done = {
      handoverId,
      callbackId: 'c',
      disposition: 'resolved',
      occurredAt: '2026-11-23T13:30:00.000Z',
    };
    await intake.reservation.say('CallbackCompleted', done, 'test');
    expect(await accept(handoverId, { offerId })).toMatchObject({
      status: 409,
      body: { type: '/problems/handover-closed', closedAs: 'completed' },
    });
  });
});
