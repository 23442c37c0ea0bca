import { minuteMs } from '@handover/kernel';
import { type Centre } from './centre.js';
import { type System } from './system.js';

interface OpenCallback {
  readonly callbackId: string;
  readonly agentId?: string;
  readonly acknowledged?: boolean;
  readonly connected?: boolean;
}

export interface DeskOptions {
  /** Agents at their desks; default: all of the centre. */
  readonly present?: readonly string[];
  readonly disposition?: 'resolved' | 'follow-up';
  readonly reAsked?: boolean;
  /** How long they talk, in domain time. */
  readonly talkMs?: number;
}

/** Desks that a failed journey left open. */
const open = new Set<() => Promise<void>>();

/** Sends everybody home, however the journeys ended. */
export const closeDesks = (): Promise<void[]> => Promise.all([...open].map((goHome) => goHome()));

/** Agents at their desks: they acknowledge what is put before them, talk, and close the callback. Call the result to send them home. */
export function openDesk(system: System, centre: Centre, options: DeskOptions = {}): () => Promise<void> {
  const { present = centre.agents, disposition = 'resolved', reAsked = false, talkMs = minuteMs } = options;
  const connectedAt = new Map<string, number>();
  let working = true;

  const attend = async ({ callbackId, agentId, acknowledged, connected }: OpenCallback): Promise<void> => {
    if (!agentId || !present.includes(agentId)) return;
    if (!acknowledged) {
      await system.call('POST', `/v1/callbacks/${callbackId}/acknowledgement`, { body: { agentId } });
    } else if (connected) {
      const since = connectedAt.get(callbackId) ?? system.now();
      connectedAt.set(callbackId, since);
      if (system.now() - since < talkMs) return;
      await system.call('POST', `/v1/callbacks/${callbackId}/disposition`, {
        body: { agentId, disposition, reAsked },
      });
    }
  };

  const day = (async () => {
    while (working) {
      try {
        const { body } = await system.call<{ callbacks: OpenCallback[] }>(
          'GET',
          `/v1/callbacks?pool=${centre.pool}&state=open`,
        );
        await Promise.all((body.callbacks ?? []).map(attend));
      } catch {
        // The service is being restarted: the desk tries again, as a browser would.
      }
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  })();
  const goHome = async (): Promise<void> => {
    working = false;
    open.delete(goHome);
    await day;
  };
  open.add(goHome);
  return goHome;
}
