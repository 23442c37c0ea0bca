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
   * Learns for how long a callback bound its agent; events from before `agentSeconds` existed tell the length of the call.
   * Only callbacks that an agent closed are learned from: of others nobody knows when the agent was free again. A repeated
   * message leads to the event that is stored already, so nothing is learned twice.
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
