import { type BriefingContent } from './briefing.js';
import { type BriefingLabels, labelsFor } from './labels.js';

/** Words of a page, labels included: what a practised reader takes in within 15 seconds. */
export const pageWordsAtMost = 90;

/** The summary may take what the other lines leave, up to this: longer ones are not read in time. */
const summaryWordsAtMost = 30;

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Letters that are written from right to left: Hebrew, Arabic and their neighbours. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** Such a text keeps its own order within the line, numbers and punctuation included (Unicode's first-strong isolate). */
const isolated = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);

/** At most so many words; what is left out shows as `…`. */
function clip(text: string, most: number): string {
  const all = words(text);
  return isolated(all.length <= most ? all.join(' ') : `${all.slice(0, most).join(' ')}…`);
}

/** As many items as fit, each clipped; then how many more there are. */
function list(
  items: readonly string[],
  labels: BriefingLabels,
  [most, wordsEach]: readonly [number, number],
) {
  const shown = items.slice(0, most).map((item) => clip(item, wordsEach));
  return items.length > most ? [...shown, labels.more(items.length - most)].join('; ') : shown.join('; ');
}

function who({ who: caller }: BriefingContent, labels: BriefingLabels): string {
  const reference = caller.accountReferences[0];
  return [
    clip(caller.name ?? caller.subjectId, 4),
    caller.accountTier,
    caller.language,
    labels.localTime(caller.localTime),
    reference && `${reference.kind} ${clip(reference.value, 2)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function what({ issue }: BriefingContent, most: number): string {
  const type = issue.subtype ? `${issue.type}/${issue.subtype}` : issue.type;
  return issue.summary ? `${type}: ${clip(issue.summary, Math.min(most, summaryWordsAtMost))}` : type;
}

function tried(briefing: BriefingContent, labels: BriefingLabels): string {
  const items = briefing.tried.map(
    ({ action, outcome }) => `${clip(action, 5)} (${labels.outcomes[outcome]})`,
  );
  return items.length > 0 ? list(items, labels, [2, 6]) : labels.nothing;
}

function opportunity({ opportunities }: BriefingContent, labels: BriefingLabels): string | undefined {
  const first = opportunities[0];
  if (!first) return undefined;
  const said = first.said ? `, “${clip(first.said, 4)}”` : '';
  return `${clip(first.product, 4)} (${labels.minutesLeft(first.minutesLeft)})${said}`;
}

function note({ attemptsBefore, late }: BriefingContent, labels: BriefingLabels): string {
  return [late && labels.late, attemptsBefore > 0 && labels.attemptsBefore(attemptsBefore)]
    .filter(Boolean)
    .join('; ');
}

type Line = readonly [label: string, text: string | undefined];

const written = (lines: readonly Line[]): string =>
  lines.flatMap(([label, text]) => (text ? [`${label}: ${text}`] : [])).join('\n');

/** The page as text, a line for each question that an agent has, at most `pageWordsAtMost` words; a line without an answer is left out. */
export function briefingPage(briefing: BriefingContent, language: string = briefing.who.language): string {
  const labels = labelsFor(language);
  const mood = briefing.mood && labels.moods[briefing.mood];
  const missing = briefing.gaps.map(({ field }) => labels.fields[field] ?? field);
  const first: Line = [labels.who, who(briefing, labels)];
  const rest: readonly Line[] = [
    [labels.tried, tried(briefing, labels)],
    [labels.mood, [mood, labels.urgencies[briefing.urgency]].filter(Boolean).join(', ')],
    [labels.known, list(briefing.alreadyDiscussed, labels, [3, 4])],
    [labels.opportunity, opportunity(briefing, labels)],
    [labels.gaps, list(missing, labels, [2, 1])],
    [labels.note, note(briefing, labels)],
  ];
  const taken = words(written([first, [labels.what, briefing.issue.type], ...rest])).length;
  return written([first, [labels.what, what(briefing, pageWordsAtMost - taken)], ...rest]);
}
