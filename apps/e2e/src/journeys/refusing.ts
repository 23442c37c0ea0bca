import { aCentre } from '../system/centre.js';
import { Caller } from '../system/caller.js';
import { type System } from '../system/system.js';
import { until } from '../system/until.js';

export function refusing(system: () => System): void {
  describe('a caller who does not accept', () => {
    it('declines: the times go to others', async () => {
      const centre = await aCentre(system());
      const caller = new Caller(system(), centre);
      const { handoverId, offers } = await caller.handsOver();
      const declined = await system().call('POST', `/v1/handovers/${handoverId}/decline`, {
        body: { reason: 'No time' },
      });
      expect(declined.status).toBeLessThan(300);
      await caller.reaches(handoverId, 'declined');
      await until('the holds are released', async () =>
        (await caller.history(handoverId)).events.some(({ type }) => type === 'OfferReleased'),
      );
      const late = await caller.accepts({ handoverId, status: '', say: '', offers }, offers[0]);
      expect(late.status).toBe(409);
    });

    it('thinks for too long: the hold has expired, and fresh times are offered in place of it', async () => {
      const centre = await aCentre(system(), { settings: { holdSeconds: 30 } });
      const caller = new Caller(system(), centre);
      const handover = await caller.handsOver();
      await until('the hold has expired', async () =>
        (await caller.history(handover.handoverId)).events.some(({ type }) => type === 'HoldExpired'),
      );
      const late = await caller.accepts(handover, handover.offers[0]);
      expect(late.status).toBe(409);
      expect(late.body).toMatchObject({
        type: expect.stringContaining('hold-expired'),
        offers: expect.arrayContaining([expect.objectContaining({ words: expect.any(String) })]),
      });
      expect(
        (await caller.history(handover.handoverId)).events.filter(
          ({ type }) => type === 'AppointmentConfirmed',
        ),
      ).toEqual([]);
    });

    it('takes an offer that was made to another: refused', async () => {
      const centre = await aCentre(system());
      const [one, other] = [new Caller(system(), centre), new Caller(system(), centre)];
      const [mine, theirs] = [await one.handsOver(), await other.handsOver()];
      const stolen = await one.accepts(mine, theirs.offers[0]);
      expect([404, 409]).toContain(stolen.status);
      expect(stolen.body['type']).toContain('unknown-offer');
    });
  });

  describe('a pool without capacity', () => {
    it('says what is true: there is no time, not an invented one', async () => {
      const centre = await aCentre(system());
      for (const agent of centre.agents) {
        await system().call('PUT', `/v1/agents/${agent}/state`, { body: { state: 'offline' } });
        for (const shift of ['0', '1']) await system().call('DELETE', `/v1/agents/${agent}/shifts/${shift}`);
      }
      await until('capacity is gone', async () => {
        const { body } = await system().call<{ rows: { cells: number[] }[] }>(
          'GET',
          `/v1/pools/${centre.pool}/capacity`,
        );
        return body.rows.every(({ cells }) => cells.every((cell) => cell === 0));
      });
      const caller = new Caller(system(), centre);
      const answer = await until('the pool has no time to offer', async () => {
        const posted = await caller.post(caller.context());
        return posted.body.status === 'no-slot' ? posted : undefined;
      });
      expect(answer.body.offers).toEqual([]);
      expect(answer.body.say).toMatch(/\w+.*\.$/);
    });
  });
}
