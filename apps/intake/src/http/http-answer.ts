import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Observable, map } from 'rxjs';

/** An answer whose status and headers depend on what happened; the body is what the client reads. */
export class HttpAnswer<Body extends object = object> {
  constructor(
    readonly status: number,
    readonly body: Body,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

/** Turns an `HttpAnswer` that a controller gives into the response. */
@Injectable()
export class HttpAnswers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    return next.handle().pipe(
      map((answer) => {
        if (!(answer instanceof HttpAnswer)) return answer;
        const reply = context.switchToHttp().getResponse<Reply>();
        reply.status(answer.status);
        for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
        return answer.body;
      }),
    );
  }
}
