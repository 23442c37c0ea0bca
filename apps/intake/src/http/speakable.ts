import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { LOG, Problem } from '@handover/platform';
import { pendingSentence } from '@handover/words';
import { type Logger } from 'pino';
import { type Observable, catchError } from 'rxjs';

interface Asking {
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The language of the body, else the first that the client accepts, else English. */
function languageOf({ body, headers }: Asking): string {
  const told = typeof body === 'object' && body && 'language' in body ? body.language : undefined;
  const accepted = String(headers['accept-language'] ?? '')
    .split(/[,;]/, 1)[0]
    ?.trim();
  return typeof told === 'string' ? told : accepted || 'en';
}

/** A fault of ours must not leave a caller in silence: the problem then has a sentence to speak until the bot has asked again. */
@Injectable()
export class Speakable implements NestInterceptor {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    return next.handle().pipe(
      catchError((fault: unknown) => {
        if (fault instanceof HttpException) throw fault;
        this.log.error({ err: fault, handler: context.getHandler().name }, 'a caller has to wait');
        throw new Problem({
          type: 'temporarily-unavailable',
          title: 'Not available at the moment',
          status: 503,
          detail: 'The request could not be carried out now. Repeat it, with the same Idempotency-Key.',
          say: pendingSentence({ language: languageOf(context.switchToHttp().getRequest<Asking>()) }),
        });
      }),
    );
  }
}
