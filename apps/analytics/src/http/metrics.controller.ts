import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { measure, metricDefinitions, outcomeRecord } from '@handover/analytics';
import { MetricTerms, MetricsQuery, MetricsReport, OutcomeList, OutcomesQuery } from '@handover/contracts';
import { dayMs, fromIso, hourMs, secondMs, toIso, type Clock } from '@handover/kernel';
import { CLOCK, Operation, Problem, VIEWS, type Views } from '@handover/platform';
import { factsIn } from '../outcomes/facts.js';
import { outcomesIn } from '../outcomes/outcome-rows.js';
import { outcomesView } from '../outcomes/outcomes-view.js';
import { instantOr } from './instant-or.js';

@Controller('v1')
export class MetricsController {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('metrics')
  @Operation('Every metric of a window, with definition, numerator and denominator', {
    description: 'Broken down by one word, if asked.',
  })
  @ApiOkResponse({ type: MetricsReport })
  metrics(@Query() query: MetricsQuery): MetricsReport {
    const now = this.clock.now();
    const to = instantOr(query.to, now);
    const from = instantOr(query.from, to - dayMs);
    if (from >= to) {
      throw new Problem({
        type: 'invalid-request',
        title: 'The window is empty',
        status: 400,
        detail: 'from must be before to.',
        violations: [{ field: 'from', rule: 'must be before to' }],
      });
    }
    const window = { from, to, now, repeatWithinMs: Number(query.repeatHours ?? '24') * hourMs };
    return measure(factsIn(this.views.read(outcomesView.name), window), window, query.by);
  }

  @Get('metrics/definitions')
  @Operation('The definitions of the metrics, with their versions')
  @ApiOkResponse({ type: MetricTerms, isArray: true })
  definitions(): MetricTerms[] {
    return metricDefinitions.map(({ cases: _cases, ...definition }) => definition);
  }

  @Get('outcomes')
  @Operation('What became of each handover, oldest first', {
    description: 'No handover is lost: `state=open` lists those that have not ended, each with its age.',
  })
  @ApiOkResponse({ type: OutcomeList })
  outcomes(@Query() query: OutcomesQuery): OutcomeList {
    const now = this.clock.now();
    const outcomes = outcomesIn(this.views.read(outcomesView.name), {
      closed: query.state && query.state === 'closed',
      pool: query.pool,
      limit: Number(query.limit ?? '100'),
    }).map((outcome) => ({
      ...outcomeRecord(outcome, now),
      ageSeconds: Math.floor((now - fromIso(outcome.requestedAt)) / secondMs),
    }));
    return { asOf: toIso(now), outcomes };
  }
}
