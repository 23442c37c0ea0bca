import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { observeHandleTime, observeInboundLoad, reportState } from '@handover/capacity';
import { CallbackCompleted, ObserveInboundLoad, SetAgentState } from '@handover/contracts';
import { type Clock, type Refusal } from '@handover/kernel';
import { CLOCK, MessageContext, MessageFault } from '@handover/platform';
import { Centre } from '../centre/centre.js';

/** What workforce systems, contact centres and dialing say by topic. */
@Controller()
export class CapacityConsumer {
  constructor(
    @Inject(Centre) private readonly centre: Centre,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @EventPattern<string>('agent.set-state')
  async setState(
    @Payload() { agentId, ...report }: SetAgentState,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    const cause = { ...context.cause, correlationId: agentId };
    const { refused } = await this.centre.changeAgent(agentId, cause, (agent) =>
      reportState(agent, agentId, report, this.clock.now()),
    );
    deadLetterIf(refused);
  }

  @EventPattern<string>('inbound-load.observe')
  async observeLoad(@Payload() report: ObserveInboundLoad, @Ctx() context: MessageContext): Promise<void> {
    const cause = { ...context.cause, correlationId: report.pool };
    const { refused } = await this.centre.changePool(report.pool, cause, (pool) =>
      observeInboundLoad(pool, report, this.centre.agentsOf(report.pool), this.clock.now()),
    );
    deadLetterIf(refused);
  }

  /**
   * Learns how long the callback took of its agent, or of a log from before that was told, the call. Only an agent's own
   * word on its end tells: without it nobody knows when the agent was free again. A repeated message has the id of the event that it has led to, and is not learned from twice.
   */
  @EventPattern<string>('CallbackCompleted')
  async learn(
    @Payload()
    { by, pool, issueType, callbackId, handleSeconds, agentSeconds = handleSeconds }: CallbackCompleted,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    if (by !== 'agent' || handleSeconds === undefined || agentSeconds === undefined) return;
    const cause = { ...context.cause, correlationId: pool };
    const { refused } = await this.centre.changePool(pool, cause, (known) =>
      observeHandleTime(known, { pool, issueType, callbackId, seconds: agentSeconds }, this.clock.now()),
    );
    deadLetterIf(refused);
  }
}

/** The message refers to nothing that is there: no retry can help. */
function deadLetterIf(refused: Refusal | undefined): void {
  if (refused) throw new MessageFault(`${refused.refused}: ${refused.why}`);
}
