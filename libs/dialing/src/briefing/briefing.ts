import {
  type AccountReference,
  type Gap,
  type HandoverContext,
  type Mood,
  type ResolutionAttempt,
  type Urgency,
} from '@handover/contracts';
import { type Instant, fromIso, inZone, minuteMs } from '@handover/kernel';
import { type KnownCallback } from '../callback/callback.js';

export interface BriefedOpportunity {
  readonly opportunityId: string;
  readonly product: string;
  /** What the caller said that points to it. */
  readonly said?: string;
  /** From the moment of the briefing, rounded down. */
  readonly minutesLeft: number;
}

/** What an agent reads in 15 seconds before the call connects. The telephone number is not in it: the system dials. */
export interface Briefing {
  readonly callbackId: string;
  readonly handoverId: string;
  /** The window in which the dial begins. */
  readonly start: string;
  readonly end: string;
  readonly who: {
    readonly subjectId: string;
    readonly name?: string;
    readonly accountTier?: string;
    readonly language: string;
    /** What the caller's clock shows now, `HH:MM`. */
    readonly localTime: string;
    readonly accountReferences: readonly AccountReference[];
  };
  readonly issue: { readonly type: string; readonly subtype?: string; readonly summary?: string };
  readonly tried: readonly ResolutionAttempt[];
  readonly mood?: Mood;
  readonly urgency: Urgency;
  /** What the caller has said already: not to be asked again. */
  readonly alreadyDiscussed: readonly string[];
  /** Those that have not expired, the soonest to expire first. */
  readonly opportunities: readonly BriefedOpportunity[];
  readonly gaps: readonly Gap[];
  /** Dials that reached nobody so far. */
  readonly attemptsBefore: number;
  /** The window passed without a dial: the caller has been waiting. */
  readonly late: boolean;
}

function presentOpportunities({ opportunities = [], personal }: HandoverContext, now: Instant) {
  return opportunities
    .filter(({ expiresAt }) => fromIso(expiresAt) > now)
    .sort((one, other) => fromIso(one.expiresAt) - fromIso(other.expiresAt))
    .map(({ opportunityId, product, expiresAt }): BriefedOpportunity => {
      const said = personal.evidence?.find((evidence) => evidence.opportunityId === opportunityId)?.said;
      const minutesLeft = Math.floor((fromIso(expiresAt) - now) / minuteMs);
      return { opportunityId, product, minutesLeft, ...(said && { said }) };
    });
}

/** Composes the briefing from what is known of the handover at this moment. */
export function composeBriefing(callback: KnownCallback, context: HandoverContext, now: Instant): Briefing {
  const { terms, attempts, missed } = callback;
  const { personal, issue, accountTier, sentiment } = context;
  return {
    callbackId: terms.callbackId,
    handoverId: terms.handoverId,
    start: terms.start,
    end: terms.end,
    who: {
      subjectId: context.subjectId,
      ...(personal.name && { name: personal.name }),
      ...(accountTier && { accountTier }),
      language: context.language,
      localTime: inZone(now, context.timeZone).toPlainTime().toString({ smallestUnit: 'minute' }),
      accountReferences: personal.accountReferences ?? [],
    },
    issue: { ...issue, ...(personal.summary && { summary: personal.summary }) },
    tried: context.attempted ?? [],
    ...(sentiment && { mood: sentiment.mood }),
    urgency: context.urgency,
    alreadyDiscussed: personal.discussed ?? [],
    opportunities: presentOpportunities(context, now),
    gaps: context.completeness.gaps,
    attemptsBefore: attempts,
    late: missed,
  };
}
