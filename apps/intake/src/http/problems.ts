import { brokenRules, problemsOf } from '@handover/platform';

/** A refusal as problem details. */
export const problemOf = problemsOf({
  implausible: brokenRules,
  'unknown-handover': { status: 404, title: 'No such handover' },
  'idempotency-key-reused': { status: 422, title: 'The key was used for another request' },
  'caller-connected': { status: 409, title: 'The caller is connected' },
  'handover-closed': { status: 409, title: 'The handover is closed' },
  'already-confirmed': { status: 409, title: 'An appointment stands' },
  'conversation-differs': { status: 409, title: 'The conversation was reported otherwise' },
});
