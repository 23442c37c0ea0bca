import { aCentre } from '../system/centre.js';
import { Caller } from '../system/caller.js';
import { type System } from '../system/system.js';

export function idempotency(system: () => System): void {
  describe('the same request twice', () => {
    it('is one handover with one answer', async () => {
      const caller = new Caller(system(), await aCentre(system()));
      const context = caller.context();
      const [first, second] = [
        await caller.post(context, 'key-1-of-' + caller.subjectId),
        await caller.post(context, 'key-1-of-' + caller.subjectId),
      ];
      expect(first.status).toBe(201);
      expect(second.body).toMatchObject({
        handoverId: first.body.handoverId,
        offers: first.body.offers,
        say: first.body.say,
      });
      const { events } = await caller.history(first.body.handoverId);
      expect(events.filter(({ type }) => type === 'HandoverRequested')).toHaveLength(1);
      expect(events.filter(({ type }) => type === 'OffersHeld')).toHaveLength(1);
    });

    it('at the same moment, many times, is still one handover', async () => {
      const caller = new Caller(system(), await aCentre(system()));
      const context = caller.context();
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => caller.post(context, 'storm-' + caller.subjectId)),
      );
      expect(new Set(answers.map(({ body }) => body.handoverId)).size).toBe(1);
      const { events } = await caller.history(answers[0]?.body.handoverId ?? '');
      expect(events.filter(({ type }) => type === 'OffersHeld')).toHaveLength(1);
    });

    it('with another body under the same key is refused', async () => {
      const caller = new Caller(system(), await aCentre(system()));
      const key = 'reused-' + caller.subjectId;
      await caller.post(caller.context(), key);
      const other = await caller.post(caller.context({ urgency: 'critical' }), key);
      expect([409, 422]).toContain(other.status);
      expect(JSON.stringify(other.body)).toContain('idempotency-key-reused');
    });

    it('for an acceptance is one appointment', async () => {
      const caller = new Caller(system(), await aCentre(system()));
      const handover = await caller.handsOver();
      const [first, second] = [
        await caller.accepts(handover, handover.offers[0]),
        await caller.accepts(handover, handover.offers[0]),
      ];
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(second.body).toEqual(first.body);
      const { events } = await caller.history(handover.handoverId);
      expect(events.filter(({ type }) => type === 'AppointmentConfirmed')).toHaveLength(1);
    });
  });
}
