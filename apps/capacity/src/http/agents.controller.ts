import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  planShift,
  registerAgent,
  removeShift,
  reportState,
  unknownAgent,
  unknownPool,
  type AgentEvent,
  type AgentRefused,
  type MaybeAgent,
} from '@handover/capacity';
import {
  AgentPath,
  AgentProfile,
  AgentStateReport,
  AgentView,
  ShiftPath,
  ShiftPlan,
} from '@handover/contracts';
import { type Clock, type Decision } from '@handover/kernel';
import { CLOCK } from '@handover/platform';
import { Centre } from '../centre/centre.js';
import { poolOfAgentUnknown, problemOf } from './problems.js';
import { Requests } from './requests.js';
import { agentView } from './views.js';

@Controller('v1/agents/:agentId')
export class AgentsController {
  constructor(
    @Inject(Centre) private readonly centre: Centre,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Requests) private readonly requests: Requests,
  ) {}

  @Get()
  @ApiOkResponse({ type: AgentView })
  async read(@Param() { agentId }: AgentPath): Promise<AgentView> {
    return shown(agentId, await this.centre.agent(agentId));
  }

  /** Takes the agent into a pool, or changes pool, skills or name. */
  @Put()
  @ApiOkResponse({ type: AgentView })
  async register(
    @Param() { agentId }: AgentPath,
    @Body() profile: AgentProfile,
    @Headers('traceparent') traceparent?: string,
  ): Promise<AgentView> {
    if (!(await this.centre.pool(profile.pool))) throw poolOfAgentUnknown(unknownPool(profile.pool));
    return this.change(agentId, traceparent, (agent) =>
      registerAgent(agent, agentId, profile, this.clock.now()),
    );
  }

  /** The agent's live state. One that began before the last known is ignored. */
  @Put('state')
  @ApiOkResponse({ type: AgentView })
  report(
    @Param() { agentId }: AgentPath,
    @Body() report: AgentStateReport,
    @Headers('traceparent') traceparent?: string,
  ): Promise<AgentView> {
    return this.change(agentId, traceparent, (agent) =>
      reportState(agent, agentId, report, this.clock.now()),
    );
  }

  /** Plans a shift, or replaces the one with the same id. */
  @Put('shifts/:shiftId')
  @ApiOkResponse({ type: AgentView })
  plan(
    @Param() { agentId, shiftId }: ShiftPath,
    @Body() plan: ShiftPlan,
    @Headers('traceparent') traceparent?: string,
  ): Promise<AgentView> {
    return this.change(agentId, traceparent, (agent) =>
      planShift(agent, agentId, shiftId, plan, this.clock.now()),
    );
  }

  @Delete('shifts/:shiftId')
  @HttpCode(204)
  async remove(
    @Param() { agentId, shiftId }: ShiftPath,
    @Headers('traceparent') traceparent?: string,
  ): Promise<void> {
    await this.change(agentId, traceparent, (agent) =>
      removeShift(agent, agentId, shiftId, this.clock.now()),
    );
  }

  private async change(
    agentId: string,
    traceparent: string | undefined,
    decide: (agent: MaybeAgent) => Decision<AgentEvent, AgentRefused>,
  ): Promise<AgentView> {
    const cause = this.requests.causeOf(agentId, traceparent);
    const { refused, state } = await this.centre.changeAgent(agentId, cause, decide);
    if (refused) throw problemOf(refused);
    return shown(agentId, state);
  }
}

function shown(agentId: string, agent: MaybeAgent): AgentView {
  if (!agent) throw problemOf(unknownAgent(agentId));
  return agentView(agent);
}
