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
import { CLOCK, Operation } from '@handover/platform';
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
  @Operation('An agent with skills, live state and shifts', { refusals: { 404: ['unknown-agent'] } })
  @ApiOkResponse({ type: AgentView })
  async read(@Param() { agentId }: AgentPath): Promise<AgentView> {
    return shown(agentId, await this.centre.agent(agentId));
  }

  @Put()
  @Operation('Take an agent into a pool, or change pool, skills or name', {
    refusals: { 422: ['unknown-pool'] },
  })
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

  @Put('state')
  @Operation("Report an agent's live state", {
    description: 'One that began before the last known is ignored; the same again changes nothing.',
    refusals: { 404: ['unknown-agent'] },
  })
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

  @Put('shifts/:shiftId')
  @Operation('Plan a shift, or replace the one with the same id', {
    refusals: { 404: ['unknown-agent'], 422: ['break-outside-shift', 'too-many-shifts'] },
  })
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
  @Operation('Remove a shift', { refusals: { 404: ['unknown-agent', 'unknown-shift'] } })
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
