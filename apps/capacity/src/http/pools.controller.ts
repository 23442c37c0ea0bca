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
import { CLOCK } from '@handover/platform';
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
  @ApiOkResponse({ type: PoolList })
  list(): PoolList {
    return { pools: this.centre.allPools().map(({ pool, agents }) => poolView(pool, agents)) };
  }

  @Get(':pool')
  @ApiOkResponse({ type: PoolView })
  async read(@Param() { pool }: PoolPath): Promise<PoolView> {
    return poolView(await this.found(pool), this.centre.countAgentsOf(pool));
  }

  /** Creates the pool, or replaces all its settings. */
  @Put(':pool')
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

  /** How many callbacks may be in progress, as it was last published. */
  @Get(':pool/capacity')
  @ApiOkResponse({ type: CapacityView })
  async capacity(@Param() { pool }: PoolPath): Promise<CapacityView> {
    return capacityView(await this.found(pool), this.clock.now());
  }

  /** Inbound calls counted in an interval, or forecast for one. The same interval again replaces what was said before. */
  @Post(':pool/inbound-load')
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
