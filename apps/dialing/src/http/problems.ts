import { type AcknowledgeRefused, type DispositionRefused } from '@handover/dialing';
import { Problem, problemsOf } from '@handover/platform';

export type Refused = AcknowledgeRefused | DispositionRefused;

/** A refusal as problem details. */
export const problemOf = problemsOf<Refused['refused']>({
  'unknown-callback': { status: 404, title: 'No such callback' },
  'not-your-callback': { status: 409, title: 'The callback is with another agent' },
  'not-connected': { status: 409, title: 'Nobody was reached yet' },
  'callback-closed': { status: 409, title: 'The callback has ended' },
});

/** What is asked for is known only when the log has been read. */
export const starting = (): Problem =>
  new Problem({
    type: 'starting',
    title: 'Not available yet',
    status: 503,
    detail: 'The service is still reading its log. Ask again in a moment.',
  });
