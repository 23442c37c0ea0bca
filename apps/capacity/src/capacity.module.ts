import { Module } from '@nestjs/common';
import { Centre } from './centre/centre.js';
import { Projector } from './centre/projector.js';
import { AgentsController } from './http/agents.controller.js';
import { PoolsController } from './http/pools.controller.js';
import { Requests } from './http/requests.js';
import { ShiftsController } from './http/shifts.controller.js';
import { ShiftImport } from './shift-import/shift-import.js';
import { CapacityConsumer } from './topics/capacity.consumer.js';

@Module({
  controllers: [PoolsController, AgentsController, ShiftsController, CapacityConsumer],
  providers: [Centre, Projector, Requests, ShiftImport],
})
export class CapacityModule {}
