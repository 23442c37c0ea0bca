import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { tellHistory, type HandoverHistory, type LoggedEvent } from '@handover/analytics';
import { HandoverPath } from '@handover/contracts';
import { type Clock } from '@handover/kernel';
import { CLOCK, STORE, Problem, type EventStore } from '@handover/platform';
import { HistoryQuery, instantOr } from './queries.js';

@Controller('v1/handovers')
export class HistoryController {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The whole story of one handover, as of now or of any past instant. */
  @Get(':handoverId/history')
  async history(
    @Param() { handoverId }: HandoverPath,
    @Query() query: HistoryQuery,
  ): Promise<HandoverHistory> {
    const events: LoggedEvent[] = [];
    for await (const event of this.store.readCorrelation(handoverId)) events.push(event);
    if (!events.some(({ type }) => type === 'HandoverRequested')) {
      throw new Problem({
        type: 'unknown-handover',
        title: 'No such handover',
        status: 404,
        detail: `No handover ${handoverId} is in the log.`,
      });
    }
    return tellHistory(handoverId, events, instantOr(query.at, this.clock.now()));
  }
}
