import { type Completeness, type HandoverRequest } from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';

/** What an agent needs to know before saying hello. */
interface Part {
  readonly field: string;
  /** Share of the whole; the sum does not matter. */
  readonly weight: number;
  /** What happens in the call without it. */
  readonly consequence: string;
  /** False: this handover has no such part, so that nothing is missing. Default: every handover has it. */
  readonly applies?: (context: HandoverRequest) => boolean;
  readonly isThere: (context: HandoverRequest, now: Instant) => boolean;
}

const hasAny = (list: readonly unknown[] | undefined): boolean => (list ?? []).length > 0;

/** Heaviest first: what costs the caller most to say again. */
const parts: readonly Part[] = [
  {
    field: 'personal.summary',
    weight: 25,
    consequence: 'The agent has to ask what the call is about.',
    isThere: ({ personal }) => personal.summary !== undefined,
  },
  {
    field: 'attempted',
    weight: 20,
    consequence: 'The agent may try again what has already failed.',
    isThere: ({ attempted }) => hasAny(attempted),
  },
  {
    field: 'personal.discussed',
    weight: 15,
    consequence: 'The agent may ask again what the caller has already answered.',
    isThere: ({ personal }) => hasAny(personal.discussed),
  },
  {
    field: 'personal.accountReferences',
    weight: 15,
    consequence: 'The agent has to ask for a contract, order or account before looking anything up.',
    isThere: ({ personal }) => hasAny(personal.accountReferences),
  },
  {
    field: 'sentiment',
    weight: 10,
    consequence: 'The agent does not know in what mood the caller was left.',
    isThere: ({ sentiment }) => sentiment !== undefined,
  },
  {
    field: 'personal.name',
    weight: 5,
    consequence: 'The agent cannot greet the caller by name.',
    isThere: ({ personal }) => personal.name !== undefined,
  },
  {
    field: 'issue.subtype',
    weight: 5,
    consequence: 'Handle time and agent are chosen by the issue type alone.',
    isThere: ({ issue }) => issue.subtype !== undefined,
  },
  {
    field: 'personal.transcript',
    weight: 5,
    consequence: 'The agent cannot look up what was said word for word.',
    isThere: ({ personal }) => hasAny(personal.transcript),
  },
  {
    field: 'opportunities',
    weight: 5,
    consequence: 'Every opportunity had expired when the context was given: the agent is shown none.',
    applies: ({ opportunities }) => hasAny(opportunities),
    isThere: ({ opportunities = [] }, now) => opportunities.some(({ expiresAt }) => fromIso(expiresAt) > now),
  },
  {
    field: 'personal.evidence',
    weight: 5,
    consequence: 'The agent does not know what the caller said that makes the opportunity one.',
    applies: ({ opportunities }) => hasAny(opportunities),
    isThere: ({ personal }) => hasAny(personal.evidence),
  },
];

/** How much of the context is there: the weighted share in whole percent, and what each missing part costs. Urgency is no part: unsaid means normal. */
export function completenessOf(context: HandoverRequest, now: Instant): Completeness {
  const wanted = parts.filter(({ applies }) => applies?.(context) ?? true);
  const missing = wanted.filter(({ isThere }) => !isThere(context, now));
  const weightOf = (some: readonly Part[]): number => some.reduce((sum, { weight }) => sum + weight, 0);
  return {
    percent: Math.round(100 * (1 - weightOf(missing) / weightOf(wanted))),
    gaps: missing.map(({ field, consequence }) => ({ field, consequence })),
  };
}
