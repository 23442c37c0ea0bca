import { readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../dialing/desk');
const types: Readonly<Record<string, string>> = { css: 'text/css', js: 'text/javascript' };

/** The desk's own files with a service behind them that does what a test says, troubles included. */
export interface DeskStub {
  readonly url: string;
  /** What was posted, and not to be answered yet: the test answers. */
  readonly posted: { readonly path: string; readonly body: unknown; readonly response: ServerResponse }[];
  /** Tells every desk that is connected. */
  tell(event: string, id: string, data: object): void;
  /** How many desks have connected so far. */
  connections(): number;
  /** Ends the streams; those who connect next are answered 502, as by a proxy, so many times. */
  cut(refusals: number): void;
  stop(): void;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
}

export async function startDeskStub(): Promise<DeskStub> {
  const streams = new Set<ServerResponse>();
  const posted: DeskStub['posted'] = [];
  let [connections, refusals] = [0, 0];

  function connect(response: ServerResponse): void {
    if (refusals > 0) {
      refusals -= 1;
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
      return;
    }
    connections += 1;
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    streams.add(response);
    response.on('close', () => streams.delete(response));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path.endsWith('/briefings')) return connect(response);
    if (request.method === 'POST') {
      posted.push({ path, body: await bodyOf(request), response });
    } else if (path.startsWith('/desk')) {
      const [, file = 'index.html'] = /^\/desk\/assets\/([a-z.]+)$/.exec(path) ?? [];
      const type = types[file.split('.').at(-1) ?? ''] ?? 'text/html';
      response.writeHead(200, { 'content-type': type }).end(readFileSync(resolve(folder, file)));
    } else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/desk/ann`,
    posted,
    tell: (event, id, data) =>
      streams.forEach((stream) =>
        stream.write(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`),
      ),
    connections: () => connections,
    cut: (times) => {
      refusals = times;
      streams.forEach((stream) => stream.end());
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
