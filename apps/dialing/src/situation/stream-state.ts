import { domainEvent, eventClasses, type PoolSettings } from '@handover/contracts';
import {
  type Agent,
  type Callback,
  type KnownCallback,
  evolve,
  evolveAgent,
  unknownCallback,
} from '@handover/dialing';
import { type EventFilter, type Position, type StoredEvent } from '@handover/platform';

/** What driving needs to know of one stream: an open callback, an agent, or a pool's settings. */
export type StreamState =
  | {
      readonly is: 'callback';
      readonly callback: KnownCallback;
      /** Where in the log the agent got the callback: of two callbacks with one agent, the earlier has the agent. */
      readonly heldSince?: Position;
    }
  | { readonly is: 'agent'; readonly agent: Agent }
  | { readonly is: 'pool'; readonly settings: PoolSettings };

const agentEvents = ['AgentRegistered', 'AgentStateChanged', 'ShiftPlanned', 'ShiftChanged', 'ShiftRemoved'];

/** The events that matter: all of callbacks and agents, and the settings of pools. */
export const relevant: EventFilter = {
  categories: ['callback', 'agent', 'pool'],
  types: [...Object.keys(eventClasses.callback), ...agentEvents, 'PoolConfigured'],
};

/** The state of a stream after one more event; undefined if there is nothing to know, as of a callback that is closed. */
export function fold(state: StreamState | undefined, event: StoredEvent): StreamState | undefined {
  const [category] = event.stream.split('-', 1);
  if (category === 'callback') return foldCallback(state?.is === 'callback' ? state : undefined, event);
  if (category === 'agent') {
    const agent = evolveAgent(state?.is === 'agent' ? state.agent : undefined, event);
    return agent && { is: 'agent', agent };
  }
  const known = domainEvent(event);
  return known?.type === 'PoolConfigured' ? { is: 'pool', settings: known.data } : state;
}

type CallbackState = Extract<StreamState, { is: 'callback' }>;

function foldCallback(state: CallbackState | undefined, event: StoredEvent): CallbackState | undefined {
  const before: Callback = state?.callback ?? unknownCallback;
  const callback = evolve(before, event);
  if (callback.is !== 'open') return undefined;
  const heldSince = event.type === 'AgentAssigned' ? event.position : state?.heldSince;
  return { is: 'callback', callback, ...(callback.assigned && heldSince !== undefined && { heldSince }) };
}
