import { type Random } from '@handover/kernel';
import { type Centre } from '../system/centre.js';
import { Caller, type HandoverAnswer } from '../system/caller.js';
import { type System } from '../system/system.js';
import { until } from '../system/until.js';

/** Who is reached soon: nobody and voicemail are tried again for hours, which a test cannot wait for. */
const answers = ['person', 'person', 'busyThenPerson'] as const;
const waitForOffersMs = 45_000;
const everyMs = { least: 200, most: 700 };
/** Callers at a time: while nobody is answered, nobody new calls. */
const callersAtMost = 24;
const oneInAgentsMoves = 6;
/** So many of a centre come and go; the others stay, so that nothing has to be moved to another day. */
const restless = 3;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Callers and agents who do what people do, until told to stop. */
export class Traffic {
  private readonly going = new Set<Promise<void>>();
  private readonly faults: unknown[] = [];
  private running = true;
  private readonly source: Promise<void>;

  constructor(
    private readonly system: System,
    private readonly centres: readonly Centre[],
    private readonly random: Random,
  ) {
    this.source = this.flow();
  }

  /** Nobody new calls; resolves when everybody who did has said all they will say, and the agents are back. @throws what went wrong */
  async stop(): Promise<void> {
    this.running = false;
    await this.source;
    await Promise.all(this.going);
    if (this.faults.length > 0) throw this.faults[0];
    for (const { agents } of this.centres)
      for (const agent of agents) await this.setState(agent, 'available');
  }

  private async flow(): Promise<void> {
    while (this.running) {
      if (this.going.size < callersAtMost) this.follow(this.aCaller());
      if (this.random.below(oneInAgentsMoves) === 0) this.follow(this.anAgentMoves());
      await pause(this.random.between(everyMs.least, everyMs.most));
    }
  }

  private follow(doing: Promise<void>): void {
    const done = doing
      .catch((fault: unknown) => void this.faults.push(fault))
      .finally(() => this.going.delete(done));
    this.going.add(done);
  }

  private async aCaller(): Promise<void> {
    const answering = this.random.pick(answers);
    const caller = new Caller(this.system, this.random.pick(this.centres), answering);
    const mind = this.random.below(100);
    const thinkMs = this.random.between(0, 2_000);
    const handover = (await caller.post(caller.context())).body;
    const offered = await this.offers(handover);
    await pause(thinkMs);
    if (mind < 10) return this.say(handover, 'POST', 'decline');
    if (mind < 18) return;
    await caller.accepts(offered, offered.offers[0]);
    if (mind < 30) return this.say(handover, 'DELETE', 'appointment');
    if (mind < 40) await this.offers((await caller.post(caller.context())).body);
  }

  /** The offers, however late they come; none if there is no time, or nobody to say so for long. */
  private async offers(handover: HandoverAnswer): Promise<HandoverAnswer> {
    if (handover.status !== 'requested') return handover;
    const path = `/v1/handovers/${handover.handoverId}`;
    return until(
      'reservation answers',
      async () => {
        const { body } = await this.system.call<HandoverAnswer>('GET', path);
        return body.status !== 'requested' && body;
      },
      waitForOffersMs,
    ).catch(() => handover);
  }

  private async say({ handoverId }: HandoverAnswer, method: string, what: string): Promise<void> {
    await this.system.call(method, `/v1/handovers/${handoverId}/${what}`, {
      body: { reason: 'changed mind' },
    });
  }

  /** Somebody goes home early, or comes back: capacity changes under the appointments. */
  private async anAgentMoves(): Promise<void> {
    const agent = this.random.pick(this.random.pick(this.centres).agents.slice(0, restless));
    await this.setState(agent, this.random.below(4) === 0 ? 'offline' : 'available');
  }

  private async setState(agent: string, state: string): Promise<void> {
    await this.system.call('PUT', `/v1/agents/${agent}/state`, { body: { state } });
  }
}
