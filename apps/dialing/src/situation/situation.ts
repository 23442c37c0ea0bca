import { type PoolSettings, domainEvent } from '@handover/contracts';
import { type Agent, type AllowedHours, type KnownCallback, allowedHours } from '@handover/dialing';
import { type Instant, fromIso } from '@handover/kernel';
import { type Position, type Revision, type StoredEvent, type StreamName } from '@handover/platform';
import { type Snapshot } from './situation-view.js';
import { type StreamState, fold } from './stream-state.js';

/** What one event changed. */
export interface Change {
  readonly before?: StreamState;
  readonly after?: StreamState;
}

/** The present, in memory: open callbacks, agents, pools. It is folded from the log alone, in log order. */
export class Situation {
  private readonly streams = new Map<StreamName, { revision: Revision; state: StreamState }>();
  private readonly callbacks = new Map<string, KnownCallback>();
  private readonly agentsOfPool = new Map<string, Map<string, Agent>>();
  private readonly pools = new Map<string, PoolSettings>();
  /** Which callbacks each agent has, and since where in the log. */
  private readonly held = new Map<string, Map<string, Position>>();
  private readonly lastCallbacks = new Map<string, Instant>();

  load({ rows }: Snapshot): void {
    for (const { stream, revision, state } of rows) {
      this.streams.set(stream, { revision, state });
      this.index(stream, { after: state });
    }
  }

  /** Folds an event in; undefined if it was known already. */
  apply(event: StoredEvent): Change | undefined {
    const { stream, revision } = event;
    const known = this.streams.get(stream);
    if (known && known.revision >= revision) return undefined;
    const after = fold(known?.state, event);
    if (after) this.streams.set(stream, { revision, state: after });
    else this.streams.delete(stream);
    const change = { ...(known && { before: known.state }), ...(after && { after }) };
    this.index(stream, change);
    this.noteLast(known?.state, event);
    return change;
  }

  callback(callbackId: string): KnownCallback | undefined {
    return this.callbacks.get(callbackId);
  }

  open(): IterableIterator<KnownCallback> {
    return this.callbacks.values();
  }

  agents(pool: string): Iterable<Agent> {
    return this.agentsOfPool.get(pool)?.values() ?? [];
  }

  hours({ terms }: KnownCallback): AllowedHours {
    return allowedHours(this.pools.get(terms.pool), terms);
  }

  /** The callback that an agent has; of several, the one that got the agent first: the others have to let go. */
  callbackOf(agentId: string): KnownCallback | undefined {
    const [first] = [...(this.held.get(agentId) ?? [])].sort(([, one], [, other]) => (one < other ? -1 : 1));
    return first && this.callbacks.get(first[0]);
  }

  /** Every callback that an agent has. */
  callbackIdsOf(agentId: string): readonly string[] {
    return [...(this.held.get(agentId)?.keys() ?? [])];
  }

  /** Is the assigned agent available for this callback? */
  isReady({ terms, assigned }: KnownCallback): boolean {
    if (!assigned) return false;
    const agent = this.agentsOfPool.get(terms.pool)?.get(assigned.agentId);
    const first = this.callbackOf(assigned.agentId);
    return agent?.state === 'available' && first?.terms.callbackId === terms.callbackId;
  }

  lastCallback(agentId: string): Instant | undefined {
    return this.lastCallbacks.get(agentId);
  }

  private index(stream: StreamName, { before, after }: Change): void {
    if (before?.is === 'callback') this.forgetCallback(before.callback);
    if (before?.is === 'agent') this.agentsOfPool.get(before.agent.pool)?.delete(before.agent.agentId);
    if (after?.is === 'callback') this.noteCallback(after);
    if (after?.is === 'agent') this.noteAgent(after.agent);
    if (after?.is === 'pool') this.pools.set(stream.slice('pool-'.length), after.settings);
  }

  private noteCallback({ callback, heldSince }: Extract<StreamState, { is: 'callback' }>): void {
    const { callbackId } = callback.terms;
    this.callbacks.set(callbackId, callback);
    if (!callback.assigned) return;
    const { agentId } = callback.assigned;
    const holding = this.held.get(agentId) ?? new Map<string, Position>();
    this.held.set(agentId, holding.set(callbackId, heldSince ?? ''));
  }

  private forgetCallback({ terms, assigned }: KnownCallback): void {
    this.callbacks.delete(terms.callbackId);
    if (!assigned) return;
    const holding = this.held.get(assigned.agentId);
    holding?.delete(terms.callbackId);
    if (holding?.size === 0) this.held.delete(assigned.agentId);
  }

  private noteAgent(agent: Agent): void {
    const colleagues = this.agentsOfPool.get(agent.pool) ?? new Map<string, Agent>();
    this.agentsOfPool.set(agent.pool, colleagues.set(agent.agentId, agent));
  }

  private noteLast(state: StreamState | undefined, event: StoredEvent): void {
    const agentId = state?.is === 'callback' ? state.callback.assigned?.agentId : undefined;
    const told = domainEvent(event);
    if (agentId && told?.type === 'CallbackCompleted')
      this.lastCallbacks.set(agentId, fromIso(told.data.occurredAt));
  }
}
