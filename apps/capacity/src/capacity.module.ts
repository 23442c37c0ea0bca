import { Module } from '@nestjs/common';
import { Centre } from './centre/centre.js';
import { Projector } from './centre/projector.js';
import { AgentsController } from './http/agents.controller.js';
import { PoolsController } from './http/pools.controller.js';
import { Requests } from './http/requests.js';
import { CapacityConsumer } from './topics/capacity.consumer.js';

@Module({
  controllers: [PoolsController, AgentsController, CapacityConsumer],
  providers: [Centre, Projector, Requests],
})
export class CapacityModule {}
