import { type Refusal } from '@handover/kernel';
import { Problem } from '@handover/platform';

const titles: Readonly<Record<string, string>> = {
  'unknown-callback': 'No such callback',
  'not-your-callback': 'The callback is with another agent',
  'not-connected': 'Nobody was reached yet',
  'callback-closed': 'The callback has ended',
};

/** A decision's "no" as problem details. */
export const problemOfRefusal = ({ refused, why }: Refusal): Problem =>
  new Problem({
    type: refused,
    title: titles[refused] ?? 'Refused',
    status: refused === 'unknown-callback' ? 404 : 409,
    detail: why,
  });

/** What is asked for is known only when the log has been read. */
export const starting = (): Problem =>
  new Problem({
    type: 'starting',
    title: 'Not available yet',
    status: 503,
    detail: 'The service is still reading its log. Ask again in a moment.',
  });
