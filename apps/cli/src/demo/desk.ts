import { idFrom, secondMs, type Instant } from '@handover/kernel';
import { diceOf } from './dice.js';
import { until, type Stage } from './stage.js';

interface OpenCallback {
  readonly callbackId: string;
  readonly handoverId: string;
  readonly agentId?: string;
  readonly acknowledged?: boolean;
  readonly connected?: boolean;
}

/** How long the person of a handover wants to talk, in domain ms. */
export type TalkOf = (handoverId: string) => number;

/** The agents of a pool: they read the briefing, talk as long as the bank's call took, and close the callback. */
export class Desk {
  private open = true;
  private readonly hangUpAt = new Map<string, Instant>();
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly stage: Stage,
    private readonly pool: string,
    private readonly talkOf: TalkOf,
  ) {}

  start(): void {
    this.working = this.work();
  }

  async close(): Promise<void> {
    this.open = false;
    await this.working;
  }

  /** Callbacks that have not ended yet. */
  async waiting(): Promise<readonly OpenCallback[]> {
    const path = `/v1/callbacks?pool=${this.pool}&state=open`;
    return (await this.stage.api.must<{ callbacks: OpenCallback[] }>('GET', path)).callbacks;
  }

  private async work(): Promise<void> {
    const { clock, tally } = this.stage;
    while (this.open) {
      try {
        await Promise.all((await this.waiting()).map((callback) => this.attend(callback)));
      } catch (fault) {
        tally.fault(fault instanceof Error ? fault.message : String(fault));
      }
      await until(clock, clock.now() + 5 * secondMs);
    }
  }

  private async attend({
    callbackId,
    handoverId,
    agentId,
    acknowledged,
    connected,
  }: OpenCallback): Promise<void> {
    const { api, clock } = this.stage;
    if (!agentId) return;
    if (!acknowledged) {
      await api.call('POST', `/v1/callbacks/${callbackId}/acknowledgement`, { agentId });
      return;
    }
    if (!connected) return;
    const hangUp = this.hangUpAt.get(callbackId) ?? clock.now() + this.talkOf(handoverId);
    this.hangUpAt.set(callbackId, hangUp);
    if (clock.now() >= hangUp) await this.dispose(callbackId, agentId);
  }

  private async dispose(callbackId: string, agentId: string): Promise<void> {
    const { api, tally } = this.stage;
    const dice = diceOf(callbackId);
    const { opportunities = [] } = await api.must<{ opportunities?: { opportunityId: string }[] }>(
      'GET',
      `/v1/callbacks/${callbackId}/briefing`,
    );
    const answer = await api.call('POST', `/v1/callbacks/${callbackId}/disposition`, {
      agentId,
      disposition: dice.happens('resolved', 0.85) ? 'resolved' : 'follow-up',
      reAsked: dice.happens('asked again', 0.08),
      opportunities: opportunities.map(({ opportunityId }) => ({
        opportunityId,
        outcome: dice.one(opportunityId, ['accepted', 'declined', 'deferred', 'not-raised']),
      })),
    });
    if (answer.status < 300) {
      tally.count('callbacks closed by agents');
      await this.survey(callbackId);
    }
  }

  /** Most callers answer the survey; who was reached after a broken appointment is less happy. */
  private async survey(surveyId: string): Promise<void> {
    const { api, clock, tally } = this.stage;
    const dice = diceOf(idFrom('survey', surveyId));
    if (!dice.happens('answers', 0.6)) return;
    await until(clock, clock.now() + 60 * secondMs);
    const score = dice.one('score', [5, 5, 5, 4, 4, 4, 3, 2, 1]);
    const answer = await api.call('POST', `/v1/surveys/${surveyId}/answer`, { score });
    if (answer.status === 202) tally.count('surveys answered');
    else tally.count('surveys refused');
  }
}
