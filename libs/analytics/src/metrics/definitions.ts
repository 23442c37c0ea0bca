import { type MetricTerms } from '@handover/contracts';
import { fromIso } from '@handover/kernel';
import { standing, type AppointmentFact, type Outcome } from '../outcome.js';
import { type ConversationFact, type Facts, type Window } from './facts.js';

/** One counted case: what it adds above and below the line, and what it can be broken down by. */
export interface Case {
  readonly part: number;
  readonly of: number;
  readonly by: Readonly<Record<string, string>>;
}

/** A metric, as the published definition says it. A changed definition is a new version and a replay. */
export interface MetricDefinition extends Readonly<MetricTerms> {
  cases(facts: Facts, window: Window): readonly Case[];
}

const within = (at: string, { from, to }: Window): boolean => fromIso(at) >= from && fromIso(at) < to;
const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

const ofConversation = (fact: ConversationFact): Case['by'] => ({
  issueType: fact.issueType ?? 'unknown',
  language: fact.language ?? 'unknown',
  bot: fact.botId ?? 'unknown',
});

const keptOf = (outcome: Outcome, window: Window): string => {
  const due = outcome.appointments
    .map((fact) => standing(fact, window.now))
    .filter((how) => how === 'kept' || how === 'broken' || how === 'moved');
  return due.length === 0 ? 'none due' : yesNo(due.every((how) => how === 'kept'));
};

const ofOutcome = (outcome: Outcome, window: Window): Case['by'] => ({
  issueType: outcome.issueType,
  language: outcome.language ?? 'unknown',
  pool: outcome.pool,
  urgency: outcome.urgency,
  attempts: String(outcome.attempts),
  contextPreserved: outcome.contextPreserved === undefined ? 'unknown' : yesNo(outcome.contextPreserved),
  appointmentKept: keptOf(outcome, window),
});

const share = (
  conversations: readonly ConversationFact[],
  counts: (fact: ConversationFact) => boolean,
): readonly Case[] =>
  conversations.map((fact) => ({ part: counts(fact) ? 1 : 0, of: 1, by: ofConversation(fact) }));

const requested = ({ outcomes }: Facts, window: Window): readonly Outcome[] =>
  outcomes.filter((outcome) => within(outcome.requestedAt, window));

const shareOfOutcomes = (
  outcomes: readonly Outcome[],
  window: Window,
  counts: (outcome: Outcome) => boolean,
): readonly Case[] =>
  outcomes.map((outcome) => ({ part: counts(outcome) ? 1 : 0, of: 1, by: ofOutcome(outcome, window) }));

const due = (fact: AppointmentFact, window: Window): boolean => {
  const how = standing(fact, window.now);
  return within(fact.start, window) && (how === 'kept' || how === 'broken' || how === 'moved');
};

const raised = new Set(['accepted', 'declined', 'deferred']);

/** The metrics of domain.md, in the order they are shown: containment stands beside satisfaction, never merged with it. */
export const metricDefinitions: readonly MetricDefinition[] = [
  {
    name: 'containment',
    version: 2,
    unit: 'share',
    definition:
      'Conversations that ended contained and were not repeated within W, of all conversations that entered automation: those reported, and those known from their handover only. One whose handover got an appointment is not contained, whatever was reported.',
    numerator: 'contained conversations without a repeat within W',
    denominator: 'conversations that ended in the window',
    cases: ({ conversations }) =>
      share(conversations, (fact) => fact.outcome === 'contained' && !fact.repeated),
  },
  {
    name: 'scheduled',
    version: 2,
    unit: 'share',
    definition:
      'Conversations handed over: neither contained nor abandoned. Those whose handover got an appointment, whatever was reported, and those known from their handover only.',
    numerator: 'conversations that ended handed over',
    denominator: 'conversations that ended in the window',
    cases: ({ conversations }) => share(conversations, (fact) => fact.outcome === 'handed-over'),
  },
  {
    name: 'abandonment',
    version: 2,
    unit: 'share',
    definition:
      'Callers who left while waiting, of those whom the bot did not contain. A handover that was scheduled is not abandoned: it has its own column.',
    numerator: 'conversations that ended abandoned',
    denominator: 'conversations that the bot did not contain',
    cases: ({ conversations }) =>
      share(
        conversations.filter((fact) => fact.outcome !== 'contained'),
        (fact) => fact.outcome === 'abandoned',
      ),
  },
  {
    name: 'post-transfer-satisfaction',
    version: 1,
    unit: 'mean score',
    definition: 'Mean score (1–5) of the surveys answered about handovers requested in the window.',
    numerator: 'sum of scores',
    denominator: 'surveys answered',
    cases: (facts, window) =>
      requested(facts, window).flatMap((outcome) =>
        outcome.surveyScore === undefined
          ? []
          : [{ part: outcome.surveyScore, of: 1, by: ofOutcome(outcome, window) }],
      ),
  },
  {
    name: 'post-transfer-satisfied',
    version: 1,
    unit: 'share',
    definition:
      'Surveys with a score of 4 or 5, of the surveys answered about handovers requested in the window.',
    numerator: 'surveys with a score of at least 4',
    denominator: 'surveys answered',
    cases: (facts, window) =>
      shareOfOutcomes(
        requested(facts, window).filter(({ surveyScore }) => surveyScore !== undefined),
        window,
        ({ surveyScore }) => (surveyScore ?? 0) >= 4,
      ),
  },
  {
    name: 'survey-response',
    version: 1,
    unit: 'share',
    definition: 'Surveys answered, of the surveys requested about handovers requested in the window.',
    numerator: 'surveys answered',
    denominator: 'surveys requested',
    cases: (facts, window) =>
      shareOfOutcomes(
        requested(facts, window).filter(({ surveyRequested }) => surveyRequested),
        window,
        ({ surveyScore }) => surveyScore !== undefined,
      ),
  },
  {
    name: 'appointments-kept',
    version: 2,
    unit: 'share',
    definition:
      'Appointments whose first dial began inside the window they were promised, of those that fell due. Those that the caller cancelled, moved or replaced before the window was over are left out; one that we moved counts against the old time and again at the new one.',
    numerator: 'appointments kept',
    denominator: 'appointments that fell due in the window',
    cases: ({ outcomes }, window) =>
      outcomes.flatMap((outcome) =>
        outcome.appointments
          .filter((fact) => due(fact, window))
          .map((fact) => ({
            part: standing(fact, window.now) === 'kept' ? 1 : 0,
            of: 1,
            by: ofOutcome(outcome, window),
          })),
      ),
  },
  {
    name: 'context-preserved',
    version: 1,
    unit: 'share',
    definition:
      'Connected callbacks whose briefing was acknowledged before the connect and whose agent re-asked nothing it held.',
    numerator: 'callbacks with the context preserved',
    denominator: 'connected callbacks that were closed',
    cases: (facts, window) =>
      shareOfOutcomes(
        requested(facts, window).filter(({ connectedAt, progress }) => connectedAt && progress.closed),
        window,
        ({ contextPreserved }) => contextPreserved === true,
      ),
  },
  {
    name: 'reached',
    version: 1,
    unit: 'share',
    definition: 'Callbacks that a live person answered, of the callbacks dialled.',
    numerator: 'callbacks answered by a live person',
    denominator: 'callbacks dialled',
    cases: (facts, window) =>
      shareOfOutcomes(
        requested(facts, window).filter(({ attempts }) => attempts > 0),
        window,
        ({ reached }) => reached,
      ),
  },
  {
    name: 'voicemail',
    version: 1,
    unit: 'share',
    definition: 'Callbacks that met a machine and never a person, of the callbacks dialled. Never a success.',
    numerator: 'callbacks that met voicemail only',
    denominator: 'callbacks dialled',
    cases: (facts, window) =>
      shareOfOutcomes(
        requested(facts, window).filter(({ attempts }) => attempts > 0),
        window,
        ({ voicemail, reached }) => voicemail && !reached,
      ),
  },
  {
    name: 'repeat-contacts',
    version: 2,
    unit: 'share',
    definition:
      'Handovers whose subject came back on the same issue within W, of the handovers requested. A conversation known from its handover only began when that was requested.',
    numerator: 'handovers followed by a repeat conversation within W',
    denominator: 'handovers requested in the window',
    cases: (facts, window) =>
      shareOfOutcomes(requested(facts, window), window, ({ repeatContact }) => repeatContact),
  },
  {
    name: 'opportunity-conversion',
    version: 2,
    unit: 'share',
    definition:
      'Opportunities accepted, of those raised with the caller before they expired: each that the bot saw, once, if it had not expired when the caller was connected.',
    numerator: 'opportunities accepted',
    denominator: 'opportunities raised before expiry',
    cases: (facts, window) =>
      requested(facts, window).flatMap((outcome) =>
        (outcome.opportunities ?? [])
          .filter((result) => raised.has(result.outcome))
          .map((result) => ({
            part: result.outcome === 'accepted' ? 1 : 0,
            of: 1,
            by: ofOutcome(outcome, window),
          })),
      ),
  },
];
