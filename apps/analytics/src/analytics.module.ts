import { Module } from '@nestjs/common';
import { HistoryController } from './history.controller.js';
import { MetricsController } from './metrics.controller.js';
import { OutcomesPublisher } from './outcomes-publisher.js';
import { SurveysController } from './surveys.controller.js';
import { SurveysService } from './surveys.service.js';

@Module({
  controllers: [HistoryController, MetricsController, SurveysController],
  providers: [SurveysService, OutcomesPublisher],
})
export class AnalyticsModule {}
