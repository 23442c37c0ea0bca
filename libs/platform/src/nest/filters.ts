import { type ArgumentsHost, Catch, type ExceptionFilter, type RpcExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { throwError, type Observable } from 'rxjs';
import { problemOf } from './problem-of.js';
import { type Routes, unrouted } from './routes.js';
import { sendProblem } from './send-problem.js';

/** Answers every error of an HTTP request as problem details (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    private readonly routes: Routes,
  ) {}

  catch(fault: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (isGone(request))
      return this.log.info(
        { route: request.routeOptions.url },
        'a client went away while it sent its request',
      );
    const found = problemOf(fault);
    const problem = found.type === 'no-such-route' ? unrouted(this.routes, request, reply) : found;
    if (problem.status >= 500)
      this.log.error(
        { err: fault, route: request.routeOptions.url, status: problem.status },
        'request failed',
      );
    if (problem.status === 503) void reply.header('retry-after', '1');
    if (reply.sent || reply.raw.headersSent) return void reply.raw.end();
    void sendProblem(reply, problem);
  }
}

/** Nobody hears the answer, and it is no fault of ours. */
const isGone = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;

/**
 * Lets the bus see the error itself: Nest would otherwise replace it by "Internal server error", and whether to retry
 * or to dead-letter could not be decided.
 */
@Catch()
export class RethrowFilter implements RpcExceptionFilter {
  catch(fault: unknown): Observable<never> {
    return throwError(() => fault);
  }
}
