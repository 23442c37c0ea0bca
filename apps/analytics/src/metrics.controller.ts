import { Controller, Get, Inject, Query } from '@nestjs/common';
import {
  measure,
  metricDefinitions,
  outcomeRecord,
  type MetricsReport,
  type Outcome,
} from '@handover/analytics';
import { type HandoverOutcome } from '@handover/contracts';
import { dayMs, hourMs, type Clock } from '@handover/kernel';
import { CLOCK, Problem, VIEWS, type Views } from '@handover/platform';
import { factsIn } from './facts.js';
import { MetricsQuery, OutcomesQuery, instantOr } from './queries.js';
import { outcomesView } from './outcomes-view.js';

/** An outcome with its age: no handover is lost, each has ended or is visibly open. */
export type AgedOutcome = HandoverOutcome & { readonly ageSeconds: number };

@Controller('v1')
export class MetricsController {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Every metric of a window, with definition, numerator and denominator; broken down by one word, if asked. */
  @Get('metrics')
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

  /** The definitions in force, with their versions. */
  @Get('metrics/definitions')
  definitions(): object[] {
    return metricDefinitions.map(({ cases: _cases, ...definition }) => definition);
  }

  /** What became of each handover, oldest first; `state=open` lists those that have not ended. */
  @Get('outcomes')
  outcomes(@Query() query: OutcomesQuery): { asOf: string; outcomes: AgedOutcome[] } {
    const now = this.clock.now();
    const rows = this.views
      .read(outcomesView.name)
      .prepare(
        `SELECT json FROM outcome
         WHERE (:closed IS NULL OR closed = :closed) AND (:pool IS NULL OR json ->> 'pool' = :pool)
         ORDER BY requested_ms LIMIT :limit`,
      )
      .all({
        closed: query.state === undefined ? null : Number(query.state === 'closed'),
        pool: query.pool ?? null,
        limit: Number(query.limit ?? '100'),
      });
    const outcomes = rows.map((row) => {
      const outcome = JSON.parse(String(row['json'])) as Outcome;
      return {
        ...outcomeRecord(outcome, now),
        ageSeconds: Math.floor((now - Date.parse(outcome.requestedAt)) / 1000),
      };
    });
    return { asOf: new Date(now).toISOString(), outcomes };
  }
}
