import {
  domainEvent,
  topics,
  type AgentRecord,
  type CapacityProjected,
  type CapacityRecord,
  withDefaults,
} from '@handover/contracts';
import { type Outgoing, type StoredEvent } from '@handover/platform';

/**
 * What capacity says to others: each projection to the pool's slot book, in one order with the requests for slots; and
 * as current records the rows that changed and the agents.
 */
export function publishes(stored: StoredEvent): readonly Outgoing[] {
  const event = domainEvent(stored);
  switch (event?.type) {
    case 'CapacityProjected':
      return [
        { topic: topics.slotCommands, key: event.data.pool, type: 'slots.apply-capacity', data: event.data },
        ...recordsOf(event.data),
      ];
    case 'AgentRegistered': {
      const { occurredAt, state = 'offline', since = occurredAt, ...agent } = event.data;
      return [agentRecord({ ...agent, state, since })];
    }
    case 'AgentStateChanged': {
      const { occurredAt: _, skills = [], ...agent } = event.data;
      return [agentRecord({ ...agent, skills })];
    }
    default:
      return [];
  }
}

const agentRecord = (data: AgentRecord): Outgoing => ({
  topic: topics.agentState,
  key: data.agentId,
  type: 'AgentRecord',
  data,
});

function recordsOf({ pool, version, settings, rows }: CapacityProjected): Outgoing[] {
  const { slotMinutes } = withDefaults(settings);
  return rows.map((row) => {
    const record: CapacityRecord = { ...row, pool, version, slotMinutes };
    const gone = row.cells.every((cell) => cell === 0);
    return {
      topic: topics.capacityState,
      key: `${pool}/${row.group}`,
      type: 'CapacityRecord',
      data: gone ? null : record,
    };
  });
}
