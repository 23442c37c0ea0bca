import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { AppointmentPage, AppointmentsOfDay, BookOverview, BookQuery, PoolPath } from '@handover/contracts';
import { type Clock, addDays, fromIso, localDate, startOfDay } from '@handover/kernel';
import { CLOCK, Operation, STORE, VIEWS, type EventStore, type Views } from '@handover/platform';
import { overview } from '@handover/reservation';
import { appointmentsIn, appointmentsView } from '../appointments-view.js';
import { Desks } from '../desk/desks.js';
import { lastProjection } from '../desk/pool-log.js';
import { unknownPool } from './problems.js';

@Controller('v1/pools')
export class BooksController {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Desks) private readonly desks: Desks,
  ) {}

  @Get(':pool/appointments')
  @Operation("The appointments that begin on one day of the pool's calendar", {
    description: 'By start, in pages: pass `next` as `after`.',
    refusals: { 404: ['unknown-pool'] },
  })
  @ApiOkResponse({ type: AppointmentPage })
  async appointments(
    @Param() { pool }: PoolPath,
    @Query() { day, after, limit = '200' }: AppointmentsOfDay,
  ): Promise<AppointmentPage> {
    const capacity = await lastProjection(this.store, pool);
    if (!capacity) throw unknownPool(pool);
    const zone = capacity.settings.timeZone;
    const date = day ?? localDate(this.clock.now(), zone);
    const appointments = appointmentsIn(this.views.read(appointmentsView.name), {
      pool,
      from: startOfDay(date, zone),
      to: startOfDay(addDays(date, 1), zone),
      after: after === undefined ? undefined : placeIn(after),
      limit: Number(limit),
    });
    const last = appointments.at(-1);
    if (!last || appointments.length < Number(limit)) return { appointments };
    return { appointments, next: `${fromIso(last.start)}~${last.appointmentId}` };
  }

  @Get(':pool/book')
  @Operation('What is promised and what is free, cell by cell', { refusals: { 404: ['unknown-pool'] } })
  @ApiOkResponse({ type: BookOverview })
  async book(@Param() { pool }: PoolPath, @Query() { hours = '24' }: BookQuery): Promise<BookOverview> {
    const book = overview(await this.desks.lookAt(pool), this.clock.now(), Number(hours));
    if (!book) throw unknownPool(pool);
    return book;
  }
}

function placeIn(after: string): [number, string] {
  const [start = '', appointmentId = ''] = after.split('~');
  return [Number(start), appointmentId];
}
