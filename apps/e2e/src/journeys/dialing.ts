import { aCentre } from '../system/centre.js';
import { Caller } from '../system/caller.js';
import { openDesk } from '../system/desk.js';
import { type System } from '../system/system.js';
import { expectInvariants } from './invariants.js';

export function dialing(system: () => System): void {
  describe('the callback', () => {
    it('finds the line busy, tries again, reaches the caller', async () => {
      const centre = await aCentre(system());
      const goHome = openDesk(system(), centre);
      const caller = new Caller(system(), centre, 'busyThenPerson');
      const { handoverId } = await caller.books();
      await caller.reaches(handoverId, 'completed');
      await goHome();
      const history = await caller.history(handoverId);
      expectInvariants(history);
      expect(history.outcome).toMatchObject({ reached: true, disposition: 'resolved', appointment: 'kept' });
      expect(history.outcome.attempts).toBe(2);
    });

    it('meets a machine: voicemail is not a success', async () => {
      const centre = await aCentre(system());
      const goHome = openDesk(system(), centre);
      const caller = new Caller(system(), centre, 'voicemail');
      const { handoverId } = await caller.books();
      const told = await caller.happens(handoverId, 'AttemptEnded');
      await goHome();
      expect(told.outcome.reached).toBe(false);
      expect(told.events.find(({ type }) => type === 'AttemptEnded')?.data).toMatchObject({
        outcome: 'voicemail',
      });
      expect(told.events.some(({ type }) => type === 'SurveyRequested')).toBe(false);
    });

    it('has no agent who acknowledges: it is missed, and says so', async () => {
      const centre = await aCentre(system());
      const caller = new Caller(system(), centre);
      const { handoverId } = await caller.books();
      await caller.reaches(handoverId, 'missed');
      const history = await caller.history(handoverId);
      expect(history.outcome).toMatchObject({ appointment: 'broken', attempts: 0, closed: false });
      expect(history.events.filter(({ type }) => type === 'AttemptStarted')).toEqual([]);
    });

    it('loses its agents before the window: at risk, then moved to where there is a place, and told', async () => {
      const centre = await aCentre(system(), { agents: 6, settings: { leadMinutes: 10 } });
      const callers = Array.from({ length: 4 }, () => new Caller(system(), centre));
      const booked = await Promise.all(callers.map((caller) => caller.books()));
      for (const agent of centre.agents)
        await system().call('PUT', `/v1/agents/${agent}/state`, {
          body: { state: 'away', until: new Date(system().now() + 45 * 60_000).toISOString() },
        });
      const [caller] = callers;
      const [handover] = booked;
      if (!caller || !handover) throw new Error('nobody called');
      const told = await caller.happens(handover.handoverId, 'AppointmentMoved');
      const types = told.events.map(({ type }) => type);
      expect(types.indexOf('AppointmentAtRisk')).toBeLessThan(types.indexOf('AppointmentMoved'));
      expect(types).toContain('AppointmentAtRisk');
      expect(told.events.find(({ type }) => type === 'AppointmentMoved')?.data).toMatchObject({
        say: expect.stringMatching(/\w+/),
      });
    });
  });
}
