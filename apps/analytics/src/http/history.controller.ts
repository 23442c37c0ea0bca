import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { tellHistory, type LoggedEvent } from '@handover/analytics';
import { HandoverHistory, HandoverPath, HistoryQuery, type Violation, pastMoment } from '@handover/contracts';
import { type Clock, type Instant } from '@handover/kernel';
import { CLOCK, Operation, STORE, Problem, VIEWS, type EventStore, type Views } from '@handover/platform';
import { readOutcomes } from '../outcomes/outcome-rows.js';
import { outcomesView } from '../outcomes/outcomes-view.js';
import { instantOr } from './instant-or.js';
import { unknownHandover } from './problems.js';

@Controller('v1/handovers')
export class HistoryController {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Get(':handoverId/history')
  @Operation('The whole story of one handover, as of now or of any past instant', {
    description:
      'Every event from the log, without what is personal, and the outcome that follows from them.',
    refusals: { 404: ['unknown-handover'] },
  })
  @ApiOkResponse({ type: HandoverHistory })
  async history(
    @Param() { handoverId }: HandoverPath,
    @Query() query: HistoryQuery,
  ): Promise<HandoverHistory> {
    const now = this.clock.now();
    const violations = pastMoment('at', query.at, now);
    if (violations.length > 0) throw notKnownYet(violations);
    const events: LoggedEvent[] = [];
    for await (const event of this.store.readCorrelation(handoverId)) events.push(event);
    if (!events.some(({ type }) => type === 'HandoverRequested')) throw unknownHandover(handoverId);
    const at = instantOr(query.at, now);
    const { outcome, ...history } = tellHistory(handoverId, events, at);
    if (!outcome) return history;
    return { ...history, outcome: { ...outcome, repeatContact: this.wasRepeated(handoverId, at) } };
  }

  /** Its own events do not tell: who came back had another conversation. */
  private wasRepeated(handoverId: string, at: Instant): boolean {
    const rows = readOutcomes(this.views.read(outcomesView.name), {
      where: 'WHERE o.handover_id = :handoverId',
      values: { handoverId },
      knownBy: at,
    });
    return rows.some(({ outcome }) => outcome.repeatContact);
  }
}

const notKnownYet = (violations: readonly Violation[]): Problem =>
  new Problem({
    type: 'invalid-request',
    title: 'The request breaks rules',
    status: 400,
    detail: 'A history is told as of now or of the past.',
    violations,
  });
