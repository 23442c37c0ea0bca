import { type AgentRefused, type PoolRefused } from '@handover/capacity';
import { Problem, brokenRules, problemsOf } from '@handover/platform';

/** A refusal as problem details. */
export const problemOf = problemsOf<(AgentRefused | PoolRefused)['refused']>({
  implausible: brokenRules,
  'unknown-agent': { status: 404, title: 'No such agent' },
  'unknown-shift': { status: 404, title: 'No such shift' },
  'unknown-pool': { status: 404, title: 'No such pool' },
  'break-outside-shift': { status: 422, title: 'A break outside its shift' },
  'too-many-shifts': { status: 422, title: 'Too many shifts' },
  'unknown-skills': { status: 422, title: 'Nobody has these skills' },
  'empty-interval': { status: 422, title: 'An interval without length' },
});

/** The agent would belong to a pool that is not there: the address is right, the body is not. */
export const poolOfAgentUnknown = ({ why }: Pick<PoolRefused, 'why'>): Problem =>
  new Problem({ type: 'unknown-pool', status: 422, title: 'No such pool', detail: why });
