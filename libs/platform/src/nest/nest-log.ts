import { type LoggerService } from '@nestjs/common';
import { type Logger } from 'pino';

/** Nest's word for what it also throws to us at start: whoever started the service tells it, once. */
const thrownToo = 'ExceptionHandler';

/** Nest's own lines in our log: its chatter at debug. */
export function nestLog(log: Logger): LoggerService {
  const at =
    (level: 'debug' | 'warn' | 'error' | 'trace') =>
    (message: unknown, ...rest: unknown[]): void => {
      const context = rest.at(-1);
      if (context === thrownToo) return;
      const told = { ...(typeof context === 'string' && { part: context }) };
      if (message instanceof Error) log[level]({ ...told, err: message }, message.message);
      else log[level](told, String(message));
    };
  return { log: at('debug'), warn: at('warn'), error: at('error'), debug: at('debug'), verbose: at('trace') };
}
