import { type DatabaseSync } from 'node:sqlite';
import { type ConversationFact, type Facts, type Outcome, type Window } from '@handover/analytics';
import { type ConversationEnded } from '@handover/contracts';

const conversationsOfWindow = `
  SELECT c.json,
    EXISTS (SELECT 1 FROM conversation n WHERE n.subject_id = c.subject_id AND n.issue_type = c.issue_type
      AND n.conversation_id <> c.conversation_id AND n.started_ms >= c.ended_ms AND n.started_ms <= c.ended_ms + :within) AS repeated
  FROM conversation c WHERE c.ended_ms >= :from AND c.ended_ms < :to`;

const outcomesOfWindow = `
  SELECT o.json,
    EXISTS (SELECT 1 FROM conversation n WHERE n.subject_id = o.subject_id AND n.issue_type = o.issue_type
      AND n.conversation_id <> o.conversation_id AND n.started_ms > o.requested_ms AND n.started_ms <= o.requested_ms + :within) AS repeated
  FROM outcome o
  WHERE (o.requested_ms >= :from AND o.requested_ms < :to) OR o.last_due_ms >= :from`;

/** Reads what the metrics of a window are computed from. `repeated` is judged with the window's own W. */
export function factsIn(view: DatabaseSync, { from, to, repeatWithinMs }: Window): Facts {
  const bounds = { from, to, within: repeatWithinMs };
  const conversations: ConversationFact[] = [];
  for (const row of view.prepare(conversationsOfWindow).iterate(bounds)) {
    const conversation = JSON.parse(String(row['json'])) as ConversationEnded;
    conversations.push({ ...conversation, repeated: row['repeated'] === 1 });
  }
  const outcomes: Outcome[] = [];
  for (const row of view.prepare(outcomesOfWindow).iterate(bounds)) {
    const outcome = JSON.parse(String(row['json'])) as Outcome;
    outcomes.push({ ...outcome, repeatContact: row['repeated'] === 1 });
  }
  return { conversations, outcomes };
}
