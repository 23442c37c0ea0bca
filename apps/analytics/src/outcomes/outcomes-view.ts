import { type DatabaseSync } from 'node:sqlite';
import { domainEvent, type ConversationEnded } from '@handover/contracts';
import { evolveOutcome, type Outcome } from '@handover/analytics';
import { dayMs, fromIso } from '@handover/kernel';
import { type Projection, type StoredEvent } from '@handover/platform';

/** W of the published records: a contact on the same issue within a day is a repeat. */
const repeatWithinMs = dayMs;

const schema = `
  CREATE TABLE outcome (
    handover_id TEXT PRIMARY KEY,
    subject_id TEXT NOT NULL,
    issue_type TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    requested_ms INTEGER NOT NULL,
    last_due_ms INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    changed TEXT NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX outcome_by_request ON outcome (requested_ms);
  CREATE INDEX outcome_by_due ON outcome (last_due_ms);
  CREATE INDEX outcome_by_subject ON outcome (subject_id, issue_type, requested_ms);
  CREATE INDEX outcome_by_change ON outcome (changed);
  CREATE TABLE conversation (
    conversation_id TEXT PRIMARY KEY,
    subject_id TEXT NOT NULL,
    issue_type TEXT,
    started_ms INTEGER NOT NULL,
    ended_ms INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX conversation_by_end ON conversation (ended_ms);
  CREATE INDEX conversation_by_subject ON conversation (subject_id, issue_type, started_ms);
`;

function save(view: DatabaseSync, outcome: Outcome, position: string): void {
  const lastDueMs = Math.max(0, ...outcome.appointments.map(({ start }) => fromIso(start)));
  view
    .prepare('INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      outcome.handoverId,
      outcome.subjectId,
      outcome.issueType,
      outcome.conversationId,
      fromIso(outcome.requestedAt),
      lastDueMs,
      outcome.progress.closed ? 1 : 0,
      position,
      JSON.stringify(outcome),
    );
}

function applyConversation(view: DatabaseSync, conversation: ConversationEnded, position: string): void {
  const { conversationId, subjectId, issueType, startedAt, endedAt } = conversation;
  const started = fromIso(startedAt);
  view
    .prepare('INSERT OR REPLACE INTO conversation VALUES (?, ?, ?, ?, ?, ?)')
    .run(
      conversationId,
      subjectId,
      issueType ?? null,
      started,
      fromIso(endedAt),
      JSON.stringify(conversation),
    );
  if (!issueType) return;
  const repeated = view
    .prepare(
      `SELECT json FROM outcome WHERE subject_id = ? AND issue_type = ? AND conversation_id <> ?
         AND requested_ms < ? AND requested_ms >= ?`,
    )
    .all(subjectId, issueType, conversationId, started, started - repeatWithinMs);
  for (const row of repeated)
    save(view, { ...(JSON.parse(String(row['json'])) as Outcome), repeatContact: true }, position);
}

function apply(stored: StoredEvent, view: DatabaseSync): void {
  const event = domainEvent(stored);
  if (!event) return;
  if (event.type === 'ConversationEnded') return applyConversation(view, event.data, stored.position);
  if (!('handoverId' in event.data)) return;
  const row = view.prepare('SELECT json FROM outcome WHERE handover_id = ?').get(event.data.handoverId);
  const before = row ? (JSON.parse(String(row['json'])) as Outcome) : undefined;
  const after = evolveOutcome(before, event);
  if (after && after !== before) save(view, after, stored.position);
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
  view
    .prepare(
      `SELECT json FROM outcome
       WHERE (:closed IS NULL OR closed = :closed) AND (:pool IS NULL OR json ->> 'pool' = :pool)
       ORDER BY requested_ms LIMIT :limit`,
    )
    .all({ closed: closed === undefined ? null : Number(closed), pool: pool ?? null, limit })
    .map((row) => JSON.parse(String(row['json'])) as Outcome);

/** One row per handover and per conversation: what metrics, open handovers and the outcomes topic are read from. */
export const outcomesView: Projection = {
  name: 'outcomes',
  version: 2,
  filter: { categories: ['conversation', 'handover', 'slotbook', 'callback', 'survey'] },
  schema,
  apply,
};
