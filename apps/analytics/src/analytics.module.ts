import { Module } from '@nestjs/common';
import { HistoryController } from './http/history.controller.js';
import { MetricsController } from './http/metrics.controller.js';
import { OutcomesPublisher } from './outcomes/outcomes-publisher.js';
import { SurveysController } from './http/surveys.controller.js';
import { Surveys } from './surveys.js';
import { SurveysConsumer } from './topics/surveys.consumer.js';

@Module({
  controllers: [HistoryController, MetricsController, SurveysController, SurveysConsumer],
  providers: [Surveys, OutcomesPublisher],
})
export class AnalyticsModule {}
