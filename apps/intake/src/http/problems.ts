import { type Implausible } from '@handover/contracts';
import { type Refusal } from '@handover/kernel';
import { Problem } from '@handover/platform';

type Refused =
  | Implausible
  | Refusal<
      | 'unknown-handover'
      | 'idempotency-key-reused'
      | 'caller-connected'
      | 'handover-closed'
      | 'already-confirmed'
      | 'conversation-differs'
    >;

const kinds: Readonly<Record<Refused['refused'], { type: string; status: number; title: string }>> = {
  implausible: { type: 'invalid-request', status: 400, title: 'The request breaks rules' },
  'unknown-handover': { type: 'unknown-handover', status: 404, title: 'No such handover' },
  'idempotency-key-reused': {
    type: 'idempotency-key-reused',
    status: 422,
    title: 'The key was used for another request',
  },
  'caller-connected': { type: 'caller-connected', status: 409, title: 'The caller is connected' },
  'handover-closed': { type: 'handover-closed', status: 409, title: 'The handover is closed' },
  'already-confirmed': { type: 'already-confirmed', status: 409, title: 'An appointment stands' },
  'conversation-differs': {
    type: 'conversation-differs',
    status: 409,
    title: 'The conversation was reported otherwise',
  },
};

/** A refusal as problem details: what the deciders add to it is added here too. */
export function problemOf({ refused, why, ...more }: Refused): Problem {
  return new Problem({ ...kinds[refused], detail: why, ...more });
}
