import { type DatabaseSync } from 'node:sqlite';
import { type Outcome } from '@handover/analytics';
import { dayMs, type Instant } from '@handover/kernel';

/** W of the published records: a contact on the same issue within a day is a repeat. */
export const repeatWithinMs = dayMs;

/** An outcome with the log position of its last change. */
export interface OutcomeRow {
  readonly outcome: Outcome;
  readonly changed: string;
}

interface Rows {
  /** What follows `FROM outcome o`, with its named values. */
  readonly where: string;
  readonly values: Readonly<Record<string, string | number | null>>;
  readonly withinMs?: number;
  /** Conversations that were not heard of by then do not count. */
  readonly knownBy?: Instant;
}

/** The one place that tells whether a handover was repeated, for records, lists, histories and metrics alike. */
export function readOutcomes(
  view: DatabaseSync,
  { where, values, withinMs = repeatWithinMs, knownBy = Number.MAX_SAFE_INTEGER }: Rows,
): OutcomeRow[] {
  const rows = view
    .prepare(
      `SELECT o.json, o.changed,
         EXISTS (SELECT 1 FROM conversation n WHERE n.subject_id = o.subject_id AND n.issue_type = o.issue_type
           AND n.conversation_id <> o.conversation_id AND n.known_ms <= :knownBy
           AND n.started_ms > o.requested_ms AND n.started_ms <= o.requested_ms + :within) AS repeated
       FROM outcome o ${where}`,
    )
    .iterate({ ...values, within: withinMs, knownBy });
  const found: OutcomeRow[] = [];
  for (const row of rows) {
    const outcome = JSON.parse(String(row['json'])) as Outcome;
    found.push({
      outcome: { ...outcome, repeatContact: row['repeated'] === 1 },
      changed: String(row['changed']),
    });
  }
  return found;
}

export interface OutcomesAsked {
  /** Default: closed and open ones. */
  readonly closed?: boolean;
  /** Default: of all pools. */
  readonly pool?: string;
  readonly limit: number;
}

/** What became of handovers, the oldest request first. */
export const outcomesIn = (view: DatabaseSync, { closed, pool, limit }: OutcomesAsked): Outcome[] =>
  readOutcomes(view, {
    where: `WHERE (:closed IS NULL OR o.closed = :closed) AND (:pool IS NULL OR o.json ->> 'pool' = :pool)
      ORDER BY o.requested_ms LIMIT :limit`,
    values: { closed: closed === undefined ? null : Number(closed), pool: pool ?? null, limit },
  }).map(({ outcome }) => outcome);
