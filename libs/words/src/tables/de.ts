import { type LanguageTable } from '../language.js';
import { type Moment, isSmallHour, needsDate, saysDayOf } from '../moment.js';

const weekdays = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'] as const;
const months = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
] as const;

const date = (moment: Moment, article: 'dem' | 'den'): string => {
  const named = weekdays[moment.weekday - 1] ?? '';
  return needsDate(moment)
    ? `${named}, ${article} ${moment.dayOfMonth}. ${months[moment.month - 1] ?? ''},`
    : named;
};

const clock = ({ hour, minute }: Moment): string =>
  minute === 0 ? `um ${hour} Uhr` : `um ${hour} Uhr ${minute}`;

/** "Morgen um 0 Uhr 30" would be heard as the night after: small hours are named by the day that they open. */
const smallHours = (moment: Moment): string =>
  `${clock(moment)} in der Nacht auf ${date(moment, 'den')}`.replace(/,$/, '');

function time(moment: Moment, before?: Moment): string {
  if (isSmallHour(moment)) return smallHours(moment);
  if (before && saysDayOf(before, moment)) return clock(moment);
  if (moment.daysAhead === 0) return `heute ${clock(moment)}`;
  if (moment.daysAhead === 1) return `morgen ${clock(moment)}`;
  return `am ${date(moment, 'dem')} ${clock(moment)}`;
}

function choice(times: readonly string[]): string {
  const last = times.at(-1) ?? '';
  return times.length < 2 ? last : `${times.slice(0, -1).join(', ')} oder ${last}`;
}

export const german: LanguageTable = {
  tag: 'de',
  time,
  choice,
  offers: (times) =>
    `Ich konnte das heute leider nicht lösen, aber ich kann Ihnen einen Rückruf einer Fachperson vereinbaren, und zwar ${times}.`,
  confirmed: (at) => `Vielen Dank, eine Fachperson ruft Sie ${at} an.`,
  moved: (from, to) =>
    `Es tut uns leid, wir können Sie ${from} nicht wie vereinbart anrufen; eine Fachperson ruft Sie stattdessen ${to} an.`,
  freshOffers: (times) =>
    `Diese Zeit ist leider nicht mehr frei, aber ich kann Ihnen einen Rückruf einer Fachperson vereinbaren, und zwar ${times}.`,
  nextOpening: (at) => `Unsere Fachpersonen sind ${at} wieder da.`,
  noSlot: {
    'no-shifts':
      'In den nächsten Stunden ist leider niemand von unseren Fachpersonen da, darum kann ich keinen Rückruf vereinbaren.',
    'fully-booked':
      'Alle unsere Fachpersonen sind leider ausgebucht, darum kann ich keinen Rückruf vereinbaren.',
    'wishes-unmet': 'Zu den Zeiten, die Sie wünschen, habe ich leider keinen Rückruf frei.',
    'outside-calling-hours':
      'Unsere Fachpersonen sind leider nur zu Zeiten da, zu denen wir bei Ihnen nicht anrufen.',
    'too-few-agents':
      'Es sind leider zu wenige unserer Fachpersonen da, um Ihnen eine genaue Zeit zu versprechen, darum kann ich keinen Rückruf vereinbaren.',
    'unknown-pool': 'Ich kann im Moment leider keinen Rückruf vereinbaren.',
    'no-such-skills':
      'Für dieses Anliegen ist leider keine Fachperson da, darum kann ich keinen Rückruf vereinbaren.',
  },
  refused: {
    'hold-expired': 'Diese Zeit ist leider nicht mehr frei, und ich habe im Moment keine andere anzubieten.',
    'unknown-offer': 'Diese Zeit finde ich leider nicht unter denen, die ich Ihnen angeboten habe.',
    'already-confirmed': 'Ihr Rückruf ist schon vereinbart, und dabei bleibt es.',
    'slot-past': 'Diese Zeit ist leider schon vorbei, und ich habe im Moment keine andere anzubieten.',
  },
  cancelled: 'Ihr Rückruf ist abgesagt.',
  declined: 'In Ordnung, ich vereinbare keinen Rückruf.',
  pending: 'Ich suche noch eine Zeit für Ihren Rückruf, einen Moment bitte.',
  expired: 'Die Zeiten, die ich Ihnen angeboten habe, sind leider nicht mehr für Sie frei gehalten.',
  superseded: 'Sie haben sich seither wieder gemeldet, und es gilt, was wir zuletzt vereinbart haben.',
  missed: (at) =>
    `Es tut uns leid, wir haben Sie ${at} nicht wie vereinbart angerufen; wir versuchen es weiterhin.`,
  dialing: 'Eine Fachperson ruft Sie gerade an.',
  again: 'Wir haben angerufen und Sie nicht erreicht; wir versuchen es noch einmal.',
  connected: 'Eine Fachperson ist mit Ihnen am Telefon.',
  ended: {
    resolved: 'Unsere Fachperson hat mit Ihnen gesprochen, und Ihr Anliegen ist erledigt.',
    'follow-up': 'Unsere Fachperson hat mit Ihnen gesprochen und meldet sich noch einmal bei Ihnen.',
    voicemail: 'Wir haben angerufen und einen Anrufbeantworter erreicht, also nicht mit Ihnen gesprochen.',
    'no-answer': 'Wir haben Sie angerufen, und niemand hat abgenommen.',
    busy: 'Wir haben Sie angerufen, und es war besetzt.',
    'wrong-number': 'Wir haben angerufen, aber die Nummer, die wir haben, ist nicht Ihre.',
    declined: 'Wir haben Sie angerufen, und der Anruf wurde abgelehnt.',
    failed: 'Es tut uns leid, wir konnten Sie nicht anrufen.',
  },
};
