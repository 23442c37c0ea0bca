import { Readable } from 'node:stream';
import { Controller, Headers, HttpCode, Inject, Post, Req, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBody, ApiConsumes, ApiOkResponse } from '@nestjs/swagger';
import { ShiftImportAnswer } from '@handover/contracts';
import { Problem } from '@handover/platform';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { ShiftImport } from '../shift-import/shift-import.js';
import { Requests } from './requests.js';

@Controller('v1/shifts')
export class ShiftsController implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(ShiftImport) private readonly shifts: ShiftImport,
    @Inject(Requests) private readonly requests: Requests,
  ) {}

  /** CSV is handed on as it arrives, not read as a whole: a file is larger than other bodies may be. */
  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser('text/csv', (_request, body, done) => done(null, body));
  }

  /** Shifts as CSV, one a row: agentId, date, from, to, timeZone, and optionally pool, shiftId, breaks. All rows or none. */
  @Post('import')
  @HttpCode(200)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  @ApiOkResponse({ type: ShiftImportAnswer })
  async import(
    @Req() { body }: FastifyRequest,
    @Headers('traceparent') traceparent?: string,
  ): Promise<ShiftImportAnswer> {
    if (!(body instanceof Readable)) throw notCsv;
    return this.shifts.run(body, (agentId) => this.requests.causeOf(agentId, traceparent));
  }
}

const notCsv = new Problem({
  type: 'unsupported-media-type',
  title: 'Not CSV',
  status: 415,
  detail:
    'Send the file as text/csv, with the header agentId,date,from,to,timeZone and optionally pool,shiftId,breaks.',
});
