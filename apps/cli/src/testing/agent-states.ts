import { topics } from '@handover/contracts';
import { openBus, toBusMessage } from '@handover/platform/access';

/** Reports states of an agent by topic, as an agent desktop does; on the embedded bus of a data directory. */
export async function publishStates(
  dataDirectory: string,
  agentId: string,
  states: readonly string[],
): Promise<void> {
  const bus = openBus('embedded:', { dataDirectory, clientId: 'test' });
  await bus.publish(
    states.map((state, at) =>
      toBusMessage(
        {
          id: `${agentId}-${at}`,
          source: '/acd',
          type: 'agent.set-state',
          extensions: {},
          data: { agentId, state },
        },
        { topic: topics.capacityCommands, key: agentId },
      ),
    ),
  );
  await bus.close();
}
