import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { configurePool, observeInboundLoad, unknownPool, type Pool } from '@handover/capacity';
import {
  CapacityView,
  InboundLoadAnswer,
  InboundLoadReport,
  PoolList,
  PoolPath,
  PoolSettings,
  PoolView,
} from '@handover/contracts';
import { type Clock } from '@handover/kernel';
import { CLOCK, Operation } from '@handover/platform';
import { Centre } from '../centre/centre.js';
import { problemOf } from './problems.js';
import { Requests } from './requests.js';
import { capacityView, poolView } from './views.js';

@Controller('v1/pools')
export class PoolsController {
  constructor(
    @Inject(Centre) private readonly centre: Centre,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Requests) private readonly requests: Requests,
  ) {}

  @Get()
  @Operation('List the pools')
  @ApiOkResponse({ type: PoolList })
  list(): PoolList {
    return { pools: this.centre.allPools().map(({ pool, agents }) => poolView(pool, agents)) };
  }

  @Get(':pool')
  @Operation('A pool with its settings', { refusals: { 404: ['unknown-pool'] } })
  @ApiOkResponse({ type: PoolView })
  async read(@Param() { pool }: PoolPath): Promise<PoolView> {
    return poolView(await this.found(pool), this.centre.countAgentsOf(pool));
  }

  @Put(':pool')
  @Operation('Create a pool, or replace all its settings')
  @ApiOkResponse({ type: PoolView })
  async configure(
    @Param() { pool }: PoolPath,
    @Body() settings: PoolSettings,
    @Headers('traceparent') traceparent?: string,
  ): Promise<PoolView> {
    const cause = this.requests.causeOf(pool, traceparent);
    const { refused } = await this.centre.changePool(pool, cause, (known) =>
      configurePool(known, pool, settings, this.clock.now()),
    );
    if (refused) throw problemOf(refused);
    return this.read({ pool });
  }

  @Get(':pool/capacity')
  @Operation('How many callbacks may be in progress, by time', {
    description: 'As it was last published: `openings` for people, `rows` by skill group and grid cell.',
    refusals: { 404: ['unknown-pool'] },
  })
  @ApiOkResponse({ type: CapacityView })
  async capacity(@Param() { pool }: PoolPath): Promise<CapacityView> {
    return capacityView(await this.found(pool), this.clock.now());
  }

  @Post(':pool/inbound-load')
  @Operation('Report inbound calls that were counted or are forecast', {
    description: 'Agents are kept for them. The same interval again replaces what was said before.',
    refusals: { 404: ['unknown-pool'], 422: ['empty-interval', 'unknown-skills'] },
  })
  @HttpCode(200)
  @ApiOkResponse({ type: InboundLoadAnswer })
  async observe(
    @Param() { pool }: PoolPath,
    @Body() report: InboundLoadReport,
    @Headers('traceparent') traceparent?: string,
  ): Promise<InboundLoadAnswer> {
    const { refused, events } = await this.centre.changePool(
      pool,
      this.requests.causeOf(pool, traceparent),
      (known) => observeInboundLoad(known, { ...report, pool }, this.centre.agentsOf(pool), this.clock.now()),
    );
    if (refused) throw problemOf(refused);
    return { pool, changed: events.length > 0 };
  }

  private async found(pool: string): Promise<Pool> {
    const known = await this.centre.pool(pool);
    if (!known) throw problemOf(unknownPool(pool));
    return known;
  }
}
