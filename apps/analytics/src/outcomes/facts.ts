import { type DatabaseSync } from 'node:sqlite';
import { type Conversation, type ConversationFact, type Facts, type Window } from '@handover/analytics';
import { readOutcomes } from './outcome-rows.js';

const conversationsOfWindow = `
  SELECT c.json,
    EXISTS (SELECT 1 FROM conversation n WHERE n.subject_id = c.subject_id AND n.issue_type = c.issue_type
      AND n.conversation_id <> c.conversation_id AND n.started_ms >= c.ended_ms AND n.started_ms <= c.ended_ms + :within) AS repeated
  FROM conversation c WHERE c.ended_ms >= :from AND c.ended_ms < :to`;

/** Reads what the metrics of a window are computed from. `repeated` is judged with the window's own W. */
export function factsIn(view: DatabaseSync, { from, to, repeatWithinMs }: Window): Facts {
  const conversations: ConversationFact[] = [];
  for (const row of view.prepare(conversationsOfWindow).iterate({ from, to, within: repeatWithinMs })) {
    const conversation = JSON.parse(String(row['json'])) as Conversation;
    conversations.push({ ...conversation, repeated: row['repeated'] === 1 });
  }
  const outcomes = readOutcomes(view, {
    where: 'WHERE (o.requested_ms >= :from AND o.requested_ms < :to) OR o.last_due_ms >= :from',
    values: { from, to },
    withinMs: repeatWithinMs,
  });
  return { conversations, outcomes: outcomes.map(({ outcome }) => outcome) };
}
