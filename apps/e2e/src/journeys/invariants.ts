import { type HistoryTold } from '../system/caller.js';

const of = ({ events }: HistoryTold, type: string): HistoryTold['events'] =>
  events.filter((event) => event.type === type);

/** What domain.md promises of every history, whatever happened to it on the way. */
export function expectInvariants(history: HistoryTold): void {
  const ids = history.events.map(({ eventId }) => eventId);
  expect(new Set(ids).size).toBe(ids.length);

  const confirmed = of(history, 'AppointmentConfirmed').map(({ data }) => data['offerId']);
  expect(new Set(confirmed).size).toBe(confirmed.length);

  const dialled = of(history, 'AttemptStarted').map(({ data }) => data['attemptId']);
  expect(new Set(dialled).size).toBe(dialled.length);

  for (const attempt of of(history, 'AttemptStarted')) {
    const before = history.events.slice(0, history.events.indexOf(attempt));
    const agentId = attempt.data['agentId'];
    const acknowledged = before.some(
      ({ type, data }) => type === 'BriefingAcknowledged' && data['agentId'] === agentId,
    );
    expect({ attempt: attempt.data['attempt'], acknowledged }).toEqual({
      attempt: attempt.data['attempt'],
      acknowledged: true,
    });
  }
  expect(JSON.stringify(history)).not.toContain('Robin Doe');
}
