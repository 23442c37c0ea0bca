import { ContextAnswer, FarewellAnswer } from '@handover/contracts';
import { aHandoverRequest } from '@handover/intake/testing';
import { validated } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { RunningIntake } from '../testing/a-running-intake.js';

describe('changing a handover', () => {
  let intake: RunningIntake;
  beforeAll(async () => {
    intake = await RunningIntake.start();
  });
  afterAll(() => intake.stop());

  const offered = async (given = {}): Promise<string> =>
    String((await intake.call('POST', '/v1/handovers', aHandoverRequest(given))).body['handoverId']);
  const scheduled = async (): Promise<string> => {
    const handoverId = await offered();
    await intake.call('POST', `/v1/handovers/${handoverId}/appointment`, {
      offerId: `offer-1-of-${handoverId}`,
    });
    return handoverId;
  };
  const told = (handoverId: string) =>
    intake.reservation.told.filter(({ subject }) => subject === handoverId).map(({ type }) => type);

  describe('PATCH …/context', () => {
    it('takes a late analysis and says how complete the context is now', async () => {
      const handoverId = await offered({ sentiment: undefined });
      const amendment = { sentiment: { mood: 'angry' }, personal: { summary: 'Furious.' } };
      const { status, body } = await intake.call('PATCH', `/v1/handovers/${handoverId}/context`, amendment);
      expect([status, body['completeness']]).toEqual([200, { percent: 100, gaps: [] }]);
      expect(await validated(body, ContextAnswer, 'refused')).toHaveProperty('data');
      expect(JSON.stringify(body)).not.toContain('Furious');
    });

    it('again with the same changes nothing more', async () => {
      const handoverId = await offered();
      const amend = () =>
        intake.call('PATCH', `/v1/handovers/${handoverId}/context`, { urgency: 'critical' });
      expect((await amend()).body).toEqual((await amend()).body);
      const types = await intake.types(handoverId);
      expect(types.filter((type) => type === 'ContextAmended')).toHaveLength(1);
    });

    it('as a merge patch takes back what is null', async () => {
      const handoverId = await offered();
      const { status, body } = await intake.call(
        'PATCH',
        `/v1/handovers/${handoverId}/context`,
        '{"sentiment":null}',
        { 'content-type': 'application/merge-patch+json' },
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({ completeness: { gaps: [{ field: 'sentiment' }] } });
    });

    it('does not take another phone number: that comes with an acceptance', async () => {
      const handoverId = await offered();
      const other = { personal: { phoneNumber: '+41795550177' } };
      expect(await intake.call('PATCH', `/v1/handovers/${handoverId}/context`, other)).toMatchObject({
        status: 400,
        body: { violations: [{ field: 'personal.phoneNumber', rule: 'is not a known field' }] },
      });
    });
  });

  describe('POST …/decline', () => {
    it('says goodbye, has the holds released, and does so once', async () => {
      const handoverId = await offered();
      const decline = () => intake.call('POST', `/v1/handovers/${handoverId}/decline`, { reason: 'No time' });
      const { status, body } = await decline();
      expect([status, body['status'], body['say']]).toEqual([
        200,
        'declined',
        'All right, I will not schedule a call.',
      ]);
      expect(await validated(body, FarewellAnswer, 'refused')).toHaveProperty('data');
      expect((await decline()).body).toEqual(body);
      await until(() => told(handoverId).includes('slots.release'));
      expect(told(handoverId)).toEqual(['slots.request', 'slots.release']);
    });

    it('is refused once a call is scheduled: nobody loses an appointment by a "no" that came late', async () => {
      const handoverId = await scheduled();
      expect(await intake.call('POST', `/v1/handovers/${handoverId}/decline`)).toMatchObject({
        status: 409,
        body: { type: '/problems/already-confirmed' },
      });
    });
  });

  describe('DELETE …/appointment', () => {
    it('cancels the call, without a body and again', async () => {
      const handoverId = await scheduled();
      const cancel = () => intake.call('DELETE', `/v1/handovers/${handoverId}/appointment`);
      const { status, body } = await cancel();
      expect([status, body['status'], body['say']]).toEqual([200, 'withdrawn', 'Your call is cancelled.']);
      expect((await cancel()).body).toEqual(body);
      await until(() => told(handoverId).includes('slots.cancel'));
      expect(told(handoverId)).toEqual(['slots.request', 'slots.confirm', 'slots.cancel']);
      expect((await intake.call('GET', `/v1/handovers/${handoverId}`)).body).toMatchObject({
        status: 'withdrawn',
        closed: true,
      });
    });

    it('closes the handover to everything else', async () => {
      const handoverId = await offered();
      await intake.call('DELETE', `/v1/handovers/${handoverId}/appointment`, { reason: 'Found it myself' });
      const at = `/v1/handovers/${handoverId}`;
      const refused = await Promise.all([
        intake.call('PATCH', `${at}/context`, { urgency: 'low' }),
        intake.call('POST', `${at}/appointment`, { offerId: `offer-1-of-${handoverId}` }),
        intake.call('POST', `${at}/decline`),
      ]);
      for (const { status, body } of refused)
        expect({ status, body }).toMatchObject({
          status: 409,
          body: { type: '/problems/handover-closed', status: 409, closedAs: 'withdrawn' },
        });
    });
  });

  it('that nobody asked for is refused everywhere', async () => {
    const refused = await Promise.all([
      intake.call('PATCH', '/v1/handovers/nobody/context', { urgency: 'low' }),
      intake.call('POST', '/v1/handovers/nobody/decline'),
      intake.call('DELETE', '/v1/handovers/nobody/appointment'),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await intake.history('nobody')).toEqual([]);
  });
});
