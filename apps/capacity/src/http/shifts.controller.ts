import { Readable } from 'node:stream';
import { Controller, Headers, HttpCode, Inject, Post, Req, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBody, ApiConsumes, ApiOkResponse } from '@nestjs/swagger';
import { ShiftImportAnswer, ShiftImportRefusal } from '@handover/contracts';
import { Operation, Problem } from '@handover/platform';
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

  @Post('import')
  @Operation('Import shifts as CSV, all rows or none', {
    description:
      'One shift a row: `agentId,date,from,to,timeZone` and optionally `pool,shiftId,breaks` (`12:00-12:30;15:00-15:15`), at most 20,000 rows and 8 MiB. A refusal lists every rule broken in `errors`, by line.',
    refusals: { 409: ['import-interrupted'], 422: ['import-refused'] },
    extensions: { 422: ShiftImportRefusal },
  })
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
