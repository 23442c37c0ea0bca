import { type ArgumentsHost, Catch, type ExceptionFilter, type RpcExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { throwError, type Observable } from 'rxjs';
import { problemOf } from './problem-of.js';
import { type ProblemDetails } from './problem.js';
import { type Routes } from './routes.js';
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
    const problem = this.withAllowed(problemOf(fault), request, reply);
    if (problem.status >= 500)
      this.log.error(
        { err: fault, route: request.routeOptions.url, status: problem.status },
        'request failed',
      );
    if (problem.status === 503) void reply.header('retry-after', '1');
    if (reply.sent || reply.raw.headersSent) return void reply.raw.end();
    void sendProblem(reply, problem);
  }

  /** An address that exists for other methods is not unknown: 405, and which methods it takes. */
  private withAllowed(problem: ProblemDetails, request: FastifyRequest, reply: FastifyReply): ProblemDetails {
    if (problem.type !== 'no-such-route') return problem;
    const allowed = this.routes.methodsOf(request.url);
    if (allowed.length === 0) return problem;
    void reply.header('allow', allowed.join(', '));
    return {
      type: 'method-not-allowed',
      title: 'Not that method',
      status: 405,
      detail: `This address takes ${allowed.join(', ')}.`,
    };
  }
}

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
