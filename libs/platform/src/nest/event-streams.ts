import { type ServerResponse } from 'node:http';
import { type FastifyInstance } from 'fastify';

const heartbeatMs = 15_000;

/**
 * Looks after server-sent events (`@Sse()`): a comment now and then keeps proxies from closing a quiet stream, and a
 * graceful stop ends the streams, which would otherwise hold the server open. Clients reconnect with Last-Event-ID.
 */
export class EventStreams {
  private readonly open = new Set<ServerResponse>();

  follow(instance: FastifyInstance): void {
    instance.addHook('onRequest', (request, reply, done) => {
      if (request.headers.accept?.includes('text/event-stream')) this.add(reply.raw);
      done();
    });
    const heartbeat = setInterval(() => this.beat(), heartbeatMs).unref();
    instance.addHook('preClose', (done) => {
      clearInterval(heartbeat);
      this.end();
      done();
    });
  }

  /** Ends all streams that are open now. */
  end(): void {
    for (const stream of this.streams()) stream.end();
  }

  private add(response: ServerResponse): void {
    this.open.add(response);
    response.once('close', () => this.open.delete(response));
  }

  private beat(): void {
    for (const stream of this.streams()) stream.write(': still here\n\n');
  }

  /** Of the requests for a stream, those whose answer has begun. */
  private streams(): ServerResponse[] {
    return [...this.open].filter(({ headersSent, writableEnded }) => headersSent && !writableEnded);
  }
}
