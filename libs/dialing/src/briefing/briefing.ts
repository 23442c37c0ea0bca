import { type BriefedOpportunity, type Briefing, type HandoverContext } from '@handover/contracts';
import { type Instant, fromIso, inZone, minuteMs } from '@handover/kernel';
import { type KnownCallback, inProgress, reached } from '../callback/callback.js';
import { briefingPage } from './page.js';

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

/** A briefing before its page is written. */
export type BriefingContent = Omit<Briefing, 'page'>;

/** Composes the briefing from what is known of the handover at this moment. */
export function briefingOf(callback: KnownCallback, context: HandoverContext, now: Instant): Briefing {
  const content = contentOf(callback, context, now);
  return { ...content, page: briefingPage(content) };
}

function contentOf(callback: KnownCallback, context: HandoverContext, now: Instant): BriefingContent {
  const { terms, attempts, missed } = callback;
  const callGoesOn = inProgress(callback) !== undefined || reached(callback);
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
    attemptsBefore: callGoesOn ? attempts - 1 : attempts,
    late: missed,
  };
}
