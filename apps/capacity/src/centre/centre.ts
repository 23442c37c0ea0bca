import { currentVersion } from '@handover/contracts';
import { Inject, Injectable } from '@nestjs/common';
import {
  agentStream,
  evolveAgent,
  evolvePool,
  poolStream,
  type AgentAtWork,
  type MaybeAgent,
  type MaybePool,
  type Pool,
  type WaitingCallback,
} from '@handover/capacity';
import { type Clock, type Decision, type Instant, type Refusal, isRefusal } from '@handover/kernel';
import {
  CLOCK,
  RevisionConflict,
  STORE,
  VIEWS,
  stamp,
  type Cause,
  type Decided,
  type EventStore,
  type StoredEvent,
  type StreamName,
  type Views,
} from '@handover/platform';
import { centreView } from './centre-view.js';
import {
  countAgents,
  readAgent,
  readAgentsOf,
  readChanges,
  readPool,
  readPools,
  readWaiting,
  type Versioned,
} from './centre-rows.js';

/** What became of a command. */
export interface Changed<State, Refused> {
  /** The state after it. */
  readonly state: State;
  readonly events: readonly Decided[];
  readonly refused?: Refused;
}

/** One kind of stream: where its state is read, and how events change it. */
interface Kind<State> {
  stream(id: string): StreamName;
  read(view: ReturnType<Views['read']>, id: string): Versioned<State>;
  evolve(state: State, event: Pick<StoredEvent, 'type' | 'data'>): State;
}

const agents: Kind<MaybeAgent> = { stream: agentStream, read: readAgent, evolve: evolveAgent };
const pools: Kind<MaybePool> = { stream: poolStream, read: readPool, evolve: evolvePool };

const attemptsAtMost = 20;

/** Machine time that a command waits for the view to show its effect. The effect is stored in any case. */
const viewWithinMs = 1_000;

/**
 * Pools and agents, as they are now. The view is a snapshot of every stream; what the stream holds beyond it is read
 * from the log, so a decision always sees all that was stored before it, whichever process stored it, and no stream is
 * ever read from its begin.
 */
@Injectable()
export class Centre {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async agent(agentId: string): Promise<MaybeAgent> {
    return (await this.load(agents, agentId)).state;
  }

  async pool(pool: string): Promise<MaybePool> {
    return (await this.load(pools, pool)).state;
  }

  /** Decides about one agent, and stores what was decided. @throws RevisionConflict after 20 lost races */
  changeAgent<Refused extends Refusal>(
    agentId: string,
    cause: Cause,
    decide: (agent: MaybeAgent) => Decision<Decided, Refused>,
  ): Promise<Changed<MaybeAgent, Refused>> {
    return this.change(agents, agentId, cause, decide);
  }

  /** Decides about one pool, and stores what was decided. @throws RevisionConflict after 20 lost races */
  changePool<Refused extends Refusal>(
    pool: string,
    cause: Cause,
    decide: (pool: MaybePool) => Decision<Decided, Refused>,
  ): Promise<Changed<MaybePool, Refused>> {
    return this.change(pools, pool, cause, decide);
  }

  /** As the view shows them. */
  allPools(): { readonly pool: Pool; readonly agents: number }[] {
    return readPools(this.view());
  }

  /** As the view shows them. */
  agentsOf(pool: string): AgentAtWork[] {
    return readAgentsOf(this.view(), pool);
  }

  /** Callbacks that are due and wait for an agent, as the view shows them. */
  waitingIn(pool: string, now: Instant): WaitingCallback[] {
    return readWaiting(this.view(), pool, now);
  }

  countAgentsOf(pool: string): number {
    return countAgents(this.view(), pool);
  }

  /** How often the input of each pool's capacity has changed, as the view shows it. */
  changes(): Map<string, number> {
    return readChanges(this.view());
  }

  /** False while the view is still that of the past, and when it has stopped. */
  isPresent(): boolean {
    return this.views.status().some(({ name, state }) => name === centreView.name && state === 'live');
  }

  private view(): ReturnType<Views['read']> {
    return this.views.read(centreView.name);
  }

  private async load<State>(kind: Kind<State>, id: string): Promise<Versioned<State>> {
    let { state, revision } = kind.read(this.view(), id);
    const from = revision === 'none' ? 0 : revision + 1;
    for await (const event of this.store.readStream(kind.stream(id), { from })) {
      state = kind.evolve(state, event);
      revision = event.revision;
    }
    return { state, revision };
  }

  private async change<State, Refused extends Refusal>(
    kind: Kind<State>,
    id: string,
    cause: Cause,
    decide: (state: State) => Decision<Decided, Refused>,
  ): Promise<Changed<State, Refused>> {
    for (let attempt = 1; ; attempt += 1) {
      const { state, revision } = await this.load(kind, id);
      const decision = decide(state);
      if (isRefusal(decision)) return { state, events: [], refused: decision };
      if (decision.length === 0) return { state, events: [] };
      const events = stamp(kind.stream(id), decision, cause, {
        clock: this.clock,
        versionOf: currentVersion,
      });
      try {
        const { position } = await this.store.append(kind.stream(id), events, revision);
        await this.views.waitFor(centreView.name, position, viewWithinMs);
        return { state: events.reduce(kind.evolve, state), events: decision };
      } catch (fault) {
        if (!(fault instanceof RevisionConflict) || attempt === attemptsAtMost) throw fault;
      }
    }
  }
}
