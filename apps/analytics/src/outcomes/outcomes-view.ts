import { type DatabaseSync } from 'node:sqlite';
import { domainEvent, type DomainEvent } from '@handover/contracts';
import { evolveConversation, evolveOutcome, type Conversation, type Outcome } from '@handover/analytics';
import { fromIso } from '@handover/kernel';
import { type Projection, type StoredEvent } from '@handover/platform';
import { repeatWithinMs } from './outcome-rows.js';

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
    known_ms INTEGER NOT NULL,
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

/** The handovers that this conversation repeats have changed: whether they were repeated is asked when they are read. */
function touchRepeated(view: DatabaseSync, conversation: Conversation, position: string): void {
  const { conversationId, subjectId, issueType, startedAt } = conversation;
  const started = fromIso(startedAt);
  view
    .prepare(
      `UPDATE outcome SET changed = ? WHERE subject_id = ? AND issue_type = ? AND conversation_id <> ?
         AND requested_ms < ? AND requested_ms >= ?`,
    )
    .run(position, subjectId, issueType ?? null, conversationId, started, started - repeatWithinMs);
}

function applyToConversation(
  view: DatabaseSync,
  conversationId: string,
  event: DomainEvent,
  position: string,
): void {
  const row = view.prepare('SELECT json FROM conversation WHERE conversation_id = ?').get(conversationId);
  const before = row ? (JSON.parse(String(row['json'])) as Conversation) : undefined;
  const after = evolveConversation(before, event);
  if (!after || after === before) return;
  const { subjectId, issueType = null, startedAt, endedAt, knownAt } = after;
  view
    .prepare('INSERT OR REPLACE INTO conversation VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(
      conversationId,
      subjectId,
      issueType,
      fromIso(startedAt),
      fromIso(endedAt),
      fromIso(knownAt),
      JSON.stringify(after),
    );
  if (before) touchRepeated(view, before, position);
  touchRepeated(view, after, position);
}

function apply(stored: StoredEvent, view: DatabaseSync): void {
  const event = domainEvent(stored);
  if (!event) return;
  if (event.type === 'ConversationEnded')
    return applyToConversation(view, event.data.conversationId, event, stored.position);
  if (!('handoverId' in event.data)) return;
  const row = view.prepare('SELECT json FROM outcome WHERE handover_id = ?').get(event.data.handoverId);
  const before = row ? (JSON.parse(String(row['json'])) as Outcome) : undefined;
  const after = evolveOutcome(before, event);
  if (!after || after === before) return;
  save(view, after, stored.position);
  applyToConversation(view, after.conversationId, event, stored.position);
}

/** One row per handover and per conversation: what metrics, open handovers and the outcomes topic are read from. */
export const outcomesView: Projection = {
  name: 'outcomes',
  version: 3,
  filter: { categories: ['conversation', 'handover', 'slotbook', 'callback', 'survey'] },
  schema,
  apply,
};
