import { aCentre } from '../system/centre.js';
import { Caller } from '../system/caller.js';
import { openDesk } from '../system/desk.js';
import { type System } from '../system/system.js';
import { until } from '../system/until.js';
import { expectInvariants } from './invariants.js';

export function accepting(system: () => System): void {
  describe('a caller who accepts', () => {
    it('gets a specific time, a briefed agent, and is asked how it was', async () => {
      const centre = await aCentre(system());
      const goHome = openDesk(system(), centre);
      const caller = new Caller(system(), centre);

      const handover = await caller.handsOver();
      expect(handover.say).toMatch(
        /^I was not able to resolve that today, but I can schedule a call with a specialist/,
      );
      expect(handover.offers.length).toBeGreaterThanOrEqual(1);
      expect(handover.say).toContain(handover.offers[0]?.words);

      const accepted = await caller.accepts(handover, handover.offers[0]);
      expect(accepted).toMatchObject({
        status: 201,
        body: { appointment: { start: handover.offers[0]?.start } },
      });

      await caller.reaches(handover.handoverId, 'completed');
      await goHome();
      const history = await caller.history(handover.handoverId);
      expectInvariants(history);
      expect(history.outcome).toMatchObject({
        appointment: 'kept',
        reached: true,
        contextPreserved: true,
        disposition: 'resolved',
        closed: true,
      });

      const survey = history.events.find(({ type }) => type === 'CallbackCompleted')?.data['callbackId'];
      await expectSurvey(system(), String(survey));
    });

    it('and cancels: the agent is not called to the telephone, the time is free again', async () => {
      const centre = await aCentre(system());
      const caller = new Caller(system(), centre);
      const { handoverId } = await caller.books();
      const cancelled = await system().call('DELETE', `/v1/handovers/${handoverId}/appointment`);
      expect(cancelled.status).toBeLessThan(300);
      await caller.reaches(handoverId, 'withdrawn');
      const history = await until('the time is free again', async () => {
        const told = await caller.history(handoverId);
        return told.events.some(({ type }) => type === 'AppointmentCancelled') && told;
      });
      expect(history.outcome).toMatchObject({ appointment: 'cancelled', closed: true, attempts: 0 });
    });

    it('and calls again on the same issue: the new appointment takes the place of the old', async () => {
      const centre = await aCentre(system());
      const caller = new Caller(system(), centre);
      const first = await caller.books();
      const second = await caller.books();
      expect(second.handoverId).not.toBe(first.handoverId);
      await caller.reaches(first.handoverId, 'superseded');
      await until(
        'the first names its successor',
        async () => (await caller.state(first.handoverId)).supersededBy === second.handoverId,
      );
      expect((await caller.state(second.handoverId)).status).toBe('scheduled');
    });
  });
}

async function expectSurvey(system: System, surveyId: string): Promise<void> {
  const answered = await until('the survey takes an answer', async () => {
    const answer = await system.call('POST', `/v1/surveys/${surveyId}/answer`, { body: { score: 5 } });
    return answer.status === 202 ? answer : undefined;
  });
  expect(answered.body).toMatchObject({ surveyId, score: 5 });
}
