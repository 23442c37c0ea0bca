import { type DestinationStream, type Logger, pino } from 'pino';
import { type Config } from '../config.js';

/** Fields that hold personal data. They should never reach a log; if one does, its value is removed. */
const personal = ['personal', 'phoneNumber', 'phone', 'summary', 'transcript', 'displayName', 'body', 'data'];

/** Up to three levels deep: the safety net of what a careless `log.info({ … })` could say. */
const paths = personal.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/**
 * The structured log of one process: a JSON object a line; each service adds its own name (`service`). Log ids, types
 * and counts; the personal fields that pino finds are removed, and of an error only name, message and stack are kept.
 * @param to where lines go; default: standard output
 */
export const createLog = (
  config: Pick<Config, 'logLevel' | 'instance'>,
  process: string,
  to?: DestinationStream,
): Logger =>
  pino(
    {
      level: config.logLevel,
      base: { process, instance: config.instance },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, remove: true },
      serializers: { err: describeError },
    },
    ...(to ? [to] : []),
  );

/** What a log may say about an error: no enumerable fields, they may carry data. */
function describeError(fault: unknown): object {
  if (!(fault instanceof Error)) return { name: typeof fault };
  return { name: fault.name, message: fault.message, stack: fault.stack };
}
