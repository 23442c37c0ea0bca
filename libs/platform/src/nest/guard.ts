import { type Server, STATUS_CODES } from 'node:http';
import { type Duplex } from 'node:stream';
import { problemOfStatus } from './problem-of.js';

/** A request must have arrived wholly within this time: slow senders must not hold connections. */
export const receiveWithinMs = 30_000;

/** What node refuses itself, by the code of its error; anything else is 400. */
const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/** Answers what is no HTTP, or comes too slowly: no route ever sees it. The connection ends. */
export function refuseClient({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = statuses[code] ?? 400;
  const { type, ...problem } = problemOfStatus(status);
  const body = JSON.stringify({ type: `/problems/${type}`, ...problem });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

/** The same limits for a server of our own, as in front of the standalone's services. */
export function guard(server: Server): void {
  server.requestTimeout = receiveWithinMs;
  server.headersTimeout = receiveWithinMs;
  server.on('clientError', refuseClient);
}
