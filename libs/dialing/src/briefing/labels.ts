import { type Mood, type ResolutionAttempt, type Urgency } from '@handover/contracts';

/** The fixed words of a briefing page in one language. A new language is a new table. */
export interface BriefingLabels {
  readonly who: string;
  readonly what: string;
  readonly tried: string;
  readonly mood: string;
  readonly known: string;
  readonly opportunity: string;
  readonly gaps: string;
  readonly note: string;
  readonly nothing: string;
  readonly more: (count: number) => string;
  readonly localTime: (time: string) => string;
  readonly minutesLeft: (minutes: number) => string;
  readonly attemptsBefore: (count: number) => string;
  readonly late: string;
  readonly moods: Readonly<Record<Mood, string>>;
  readonly urgencies: Readonly<Record<Urgency, string>>;
  readonly outcomes: Readonly<Record<ResolutionAttempt['outcome'], string>>;
  /** What the context may lack, a word each, by the field that intake names. */
  readonly fields: Readonly<Record<string, string>>;
}

const english: BriefingLabels = {
  who: 'Who',
  what: 'What',
  tried: 'Tried',
  mood: 'Mood',
  known: "Don't ask",
  opportunity: 'Offer',
  gaps: 'Missing',
  note: 'Note',
  nothing: 'nothing yet',
  more: (count) => `+${count} more`,
  localTime: (time) => `${time} there`,
  minutesLeft: (minutes) => (minutes < 120 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h left`),
  attemptsBefore: (count) => `dialled ${count}×, not reached`,
  late: 'we are late, apologise',
  moods: {
    calm: 'calm',
    pleased: 'pleased',
    neutral: 'neutral',
    confused: 'confused',
    frustrated: 'frustrated',
    angry: 'angry',
    distressed: 'distressed',
  },
  urgencies: { low: 'low urgency', normal: 'normal urgency', high: 'URGENT', critical: 'CRITICAL' },
  outcomes: {
    failed: 'failed',
    partial: 'partly',
    'refused-by-caller': 'refused',
    'not-possible': 'impossible',
  },
  fields: {
    'personal.summary': 'summary',
    attempted: 'attempts',
    'personal.discussed': 'conversation',
    'personal.accountReferences': 'account',
    sentiment: 'mood',
    'personal.name': 'name',
    'issue.subtype': 'details',
    'personal.transcript': 'transcript',
    opportunities: 'offers',
    'personal.evidence': 'evidence',
  },
};

const german: BriefingLabels = {
  who: 'Wer',
  what: 'Was',
  tried: 'Versucht',
  mood: 'Stimmung',
  known: 'Nicht fragen',
  opportunity: 'Angebot',
  gaps: 'Fehlt',
  note: 'Hinweis',
  nothing: 'noch nichts',
  more: (count) => `+${count} weitere`,
  localTime: (time) => `dort ${time}`,
  minutesLeft: (minutes) => (minutes < 120 ? `noch ${minutes} min` : `noch ${Math.floor(minutes / 60)} h`),
  attemptsBefore: (count) => `${count}× gewählt, nicht erreicht`,
  late: 'wir sind zu spät, entschuldigen',
  moods: {
    calm: 'ruhig',
    pleased: 'erfreut',
    neutral: 'neutral',
    confused: 'verwirrt',
    frustrated: 'frustriert',
    angry: 'verärgert',
    distressed: 'verzweifelt',
  },
  urgencies: { low: 'nicht dringend', normal: 'normal dringend', high: 'DRINGEND', critical: 'KRITISCH' },
  outcomes: {
    failed: 'misslungen',
    partial: 'teilweise',
    'refused-by-caller': 'abgelehnt',
    'not-possible': 'unmöglich',
  },
  fields: {
    'personal.summary': 'Zusammenfassung',
    attempted: 'Versuche',
    'personal.discussed': 'Gespräch',
    'personal.accountReferences': 'Konto',
    sentiment: 'Stimmung',
    'personal.name': 'Name',
    'issue.subtype': 'Einzelheiten',
    'personal.transcript': 'Mitschrift',
    opportunities: 'Angebote',
    'personal.evidence': 'Beleg',
  },
};

/** The table for a language tag, by its language; English for one without a table. */
export const labelsFor = (language: string): BriefingLabels =>
  language.split('-')[0] === 'de' ? german : english;
