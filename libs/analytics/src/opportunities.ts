import { type Opportunity, type OpportunityResult } from '@handover/contracts';
import { fromIso } from '@handover/kernel';

/** When each of the opportunities that the bot saw expires, by id. */
export type Expiries = Readonly<Record<string, string>>;

export const expiriesOf = (opportunities: readonly Opportunity[] = []): Expiries =>
  Object.fromEntries(opportunities.map(({ opportunityId, expiresAt }) => [opportunityId, expiresAt]));

/**
 * What counts of an agent's report: each opportunity that the bot saw, once; one that had expired when the caller was
 * connected was not raised before its expiry, whatever is said of it.
 */
export function judged(
  results: readonly OpportunityResult[],
  expiries: Expiries,
  connectedAt: string | undefined,
): OpportunityResult[] {
  const seen = new Set<string>();
  return results.flatMap((result) => {
    const { opportunityId, outcome } = result;
    const expiresAt = expiries[opportunityId];
    if (!expiresAt || seen.has(opportunityId)) return [];
    seen.add(opportunityId);
    const isGone = !connectedAt || fromIso(expiresAt) <= fromIso(connectedAt);
    return isGone && outcome !== 'not-raised' ? { ...result, outcome: 'expired' } : result;
  });
}
