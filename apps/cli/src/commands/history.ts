import { Command } from 'commander';
import { type HandoverHistory, type HistoryEntry, type LoggedEvent, tellHistory } from '@handover/analytics';
import { fromIso } from '@handover/kernel';
import { openClock } from '@handover/platform';
import { withStore } from '../access/open-store.js';
import { settings } from '../access/settings.js';
import { Refused, WrongUsage } from '../faults.js';
import { print, printJson } from '../terminal/print.js';
import { spanText } from '../terminal/spans.js';

interface Options {
  readonly at?: string;
  readonly json?: boolean;
}

async function tell(handoverId: string, { at, json }: Options): Promise<void> {
  const config = settings();
  const moment = at === undefined ? openClock(config.clock).now() : momentOf(at);
  const events = await withStore(config, async (store) => {
    const found: LoggedEvent[] = [];
    for await (const event of store.readCorrelation(handoverId)) found.push(event);
    return found;
  });
  if (events.length === 0) throw new Refused(`The log has no events of handover ${handoverId}.`);
  const history = tellHistory(handoverId, events, moment);
  if (json) printJson(history);
  else for (const line of timeline(history)) print(line);
}

function momentOf(text: string): number {
  try {
    return fromIso(text);
  } catch {
    throw new WrongUsage(`"${text}" is no instant: give --at 2026-11-23T14:15:00Z.`);
  }
}

/** What a history says to a person: the outcome, then a line for each event. Nothing personal is in it. */
export function timeline({ handoverId, at, outcome, events }: HandoverHistory): string[] {
  const first = events[0];
  const head = outcome
    ? `Handover ${handoverId}, ${outcome.issueType}, pool ${outcome.pool}: ${outcome.status} at ${at}`
    : `Handover ${handoverId}: not yet requested at ${at}`;
  const begin = fromIso(first?.recordedAt ?? at);
  return [head, '', ...events.map((event) => lineOf(event, fromIso(event.recordedAt) - begin))];
}

function lineOf({ recordedAt, stream, revision, type, data }: HistoryEntry, afterMs: number): string {
  const place = `${stream}@${revision}`;
  return `${recordedAt}  ${`+${spanText(afterMs)}`.padEnd(13)}${type.padEnd(22)}${facts(data)}  [${place}]`;
}

/** Said by the line already, or of no use to a reader. */
const left = new Set(['handoverId', 'occurredAt', 'conversationId', 'subjectId', 'schemaVersion', 'say']);

/** The plain facts of an event: texts, numbers and truths, with what an offer or an issue is called. */
function facts(data: object): string {
  return Object.entries(data)
    .flatMap(([name, value]: [string, unknown]) => (left.has(name) ? [] : fact(name, value)))
    .join(' ');
}

function fact(name: string, value: unknown): string[] {
  if (typeof value === 'string') return [`${name}=${value.includes(' ') ? `"${value}"` : value}`];
  if (typeof value === 'number' || typeof value === 'boolean') return [`${name}=${value}`];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.length === 0 ? [] : [`${name}=${value.join('+')}`];
  if (name === 'offers' && Array.isArray(value)) return [`offers="${value.map(wordsOf).join('", "')}"`];
  if (name === 'issue' && isRecord(value)) return [`issue=${String(value['type'])}`];
  return [];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const wordsOf = (offer: unknown): string =>
  isRecord(offer) ? String(offer['words'] ?? offer['start'] ?? '') : '';

/** `handover history <handoverId>`: the story of a handover, read from the event store itself. */
export function historyCommand(): Command {
  return new Command('history')
    .description('tell the story of one handover from the event store, as of now or of a past instant')
    .argument('<handoverId>')
    .option('--at <instant>', 'as it was known then, as 2026-11-23T14:15:00Z')
    .option('--json', 'print the history as JSON')
    .action(tell);
}
