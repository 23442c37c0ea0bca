import { type HandoverHistory, type HistoryEntry } from '@handover/contracts';
import { fromIso } from '@handover/kernel';
import { spanText } from '../terminal/spans.js';

/**
 * What a history says to a person: the outcome, then a line for each event, with the facts that it adds to those above.
 * Nothing personal is in it.
 */
export function timeline({ handoverId, at, outcome, events }: HandoverHistory): string[] {
  const head = outcome
    ? `Handover ${handoverId}, ${outcome.issueType}, pool ${outcome.pool}: ${outcome.status} at ${at}`
    : `Handover ${handoverId}: not yet requested at ${at}`;
  const [first] = events;
  if (!first) return [head];
  const told = new Set<string>();
  return [head, '', ...events.map((event) => lineOf(event, fromIso(first.recordedAt), told))];
}

function lineOf(event: HistoryEntry, begin: number, told: Set<string>): string {
  const { recordedAt, stream, revision, type, data } = event;
  const after = `+${spanText(fromIso(recordedAt) - begin)}`;
  const fresh = facts(data).filter((fact) => !told.has(fact));
  for (const fact of fresh) told.add(fact);
  const place = `${stream.split('-', 1)[0] ?? stream}@${revision}`;
  return `${recordedAt}  ${after.padEnd(16)}${place.padEnd(14)}${[type.padEnd(22), ...fresh].join(' ')}`.trimEnd();
}

/** Said by the head already, or of no use to a reader. */
const left = new Set([
  'handoverId',
  'occurredAt',
  'conversationId',
  'requestId',
  'schemaVersion',
  'say',
  'timeZone',
]);

/** The plain facts of an event: texts, numbers and truths, with what an offer or an issue is called. */
const facts = (data: object): string[] =>
  Object.entries(data).flatMap(([name, value]: [string, unknown]) =>
    left.has(name) ? [] : fact(name, value),
  );

function fact(name: string, value: unknown): string[] {
  if (typeof value === 'string') return [`${name}=${value.includes(' ') ? `"${value}"` : value}`];
  if (typeof value === 'number' || typeof value === 'boolean') return [`${name}=${value}`];
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'))
    return [`${name}=${value.join('+')}`];
  if (name === 'offers' && Array.isArray(value)) return [`offers="${value.map(wordsOf).join('", "')}"`];
  if (name === 'issue' && isRecord(value)) return [`issueType=${String(value['type'])}`];
  return [];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const wordsOf = (offer: unknown): string =>
  isRecord(offer) ? String(offer['words'] ?? offer['start'] ?? '') : '';
