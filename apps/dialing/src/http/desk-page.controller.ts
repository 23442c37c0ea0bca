import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Problem } from '@handover/platform';
import { type FastifyReply } from 'fastify';

const folder = resolve(import.meta.dirname, '../../desk');
const read = (file: string): string => readFileSync(resolve(folder, file), 'utf8');

const page = read('index.html');
const assets = new Map(
  Object.entries({
    'desk.css': 'text/css',
    'desk.js': 'text/javascript',
    'closing.js': 'text/javascript',
  }).map(([file, type]) => [file, { type: `${type}; charset=utf-8`, text: read(file) }]),
);

/** Nothing runs on the page but its own files, and it talks to nobody but this service. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** The page at which an agent works, in any browser: it holds nothing itself and asks the API like every other desk. */
@ApiExcludeController()
@Controller('desk')
export class DeskPageController {
  @Get(['', ':agentId'])
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply
      .type('text/html; charset=utf-8')
      .headers({ 'content-security-policy': policy, 'x-content-type-options': 'nosniff' });
    return page;
  }

  @Get('assets/:file')
  asset(@Param('file') file: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    const asset = assets.get(file);
    if (!asset)
      throw new Problem({
        type: 'not-found',
        title: 'No such file',
        status: 404,
        detail: `The desk has the files ${[...assets.keys()].join(', ')}.`,
      });
    void reply.type(asset.type).header('x-content-type-options', 'nosniff');
    return asset.text;
  }
}
