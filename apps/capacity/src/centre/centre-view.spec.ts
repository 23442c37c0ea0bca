import { DatabaseSync } from 'node:sqlite';
import { fromIso } from '@handover/kernel';
import { type StoredEvent } from '@handover/platform';
import { readAgentsOf } from './centre-rows.js';
import { centreView } from './centre-view.js';

const at = (minute: number): string => `2026-11-23T10:0${minute}:00.000Z`;
const event = (stream: string, type: string, minute: number, data: object = {}): StoredEvent =>
  ({
    stream,
    type,
    revision: minute,
    data: { agentId: 'ada', callbackId: 'c1', pool: 'care', occurredAt: at(minute), ...data },
    metadata: { schemaVersion: 1, recordedAt: at(minute) },
  }) as unknown as StoredEvent;
const registered = event('agent-ada', 'AgentRegistered', 0, { skills: ['care'] });
const withAda = [
  event('callback-c1', 'CallbackScheduled', 1, { skills: ['care'], start: at(2), handleSeconds: 300 }),
  event('callback-c1', 'AgentAssigned', 2),
  event('callback-c1', 'AttemptStarted', 3),
];

function adaAfter(...events: readonly StoredEvent[]): ReturnType<typeof readAgentsOf>[number] | undefined {
  const view = new DatabaseSync(':memory:');
  view.exec(centreView.schema);
  for (const each of [registered, ...events]) centreView.apply(each, view);
  return readAgentsOf(view, 'care')[0];
}

describe('the view of a centre', () => {
  it('shows an agent with the callback in hand, and not as freed while it lasts', () => {
    const ada = adaAfter(...withAda);
    expect(ada?.callbacks).toMatchObject([{ callbackId: 'c1', assignedAt: fromIso(at(2)) }]);
    expect(ada?.freedAt).toBeUndefined();
  });

  it.each(['AgentReleased', 'CallbackCompleted', 'CallbackCancelled'])('frees the agent by %s', (type) => {
    const ada = adaAfter(...withAda, event('callback-c1', type, 4));
    expect(ada?.callbacks).toEqual([]);
    expect(ada?.freedAt).toBe(fromIso(at(4)));
  });
});
