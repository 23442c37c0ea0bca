import { type HandoverRequest, type Mood, type Urgency } from '@handover/contracts';
import { hourMs, toIso, type Instant } from '@handover/kernel';
import { diceOf, type Dice } from './dice.js';
import { type BankCall } from './trace.js';

/** What the caller will do after the offers were spoken. */
type CallerPlan = 'accept' | 'decline' | 'cancel-later' | 'accept-too-late';

/** The part that one call plays in the demo. */
export interface Role {
  readonly call: BankCall;
  readonly subjectId: string;
  readonly issueType: string;
  readonly language: 'en' | 'de';
  readonly ends: 'contained' | 'handed-over' | 'abandoned';
  readonly plan: CallerPlan;
  /** What answers at the callback; steers the simulator by the number's last digits. */
  readonly answers: 'person' | 'busy-then-person' | 'nobody' | 'voicemail' | 'nobody-then-person';
  readonly talkMs: number;
  readonly urgency: Urgency;
  readonly mood: Mood;
}

const issueTypes: Readonly<Record<string, string>> = {
  PS: 'account-activity',
  NW: 'new-account',
  NE: 'stock-trading',
  IN: 'internet-banking',
  TT: 'transfer',
  PE: 'card-payment',
};

/** Bots contain the short calls; who hung up in the queue then, abandons now. */
function endOf(call: BankCall, dice: Dice): Role['ends'] {
  if (call.outcome === 'PHANTOM') return 'abandoned';
  if (call.outcome === 'HANG') return dice.happens('hang', 0.5) ? 'abandoned' : 'handed-over';
  return call.serviceMs < 75_000 || dice.happens('contain', 0.25) ? 'contained' : 'handed-over';
}

const plans = (dice: Dice): CallerPlan => {
  const share = dice.share('plan');
  if (share < 0.78) return 'accept';
  if (share < 0.88) return 'decline';
  return share < 0.96 ? 'cancel-later' : 'accept-too-late';
};

const answering = (dice: Dice): Role['answers'] => {
  const share = dice.share('answers');
  if (share < 0.74) return 'person';
  if (share < 0.82) return 'busy-then-person';
  if (share < 0.9) return 'nobody-then-person';
  return share < 0.95 ? 'nobody' : 'voicemail';
};

/** Casts a call: the same call always gets the same role. */
export function cast(call: BankCall): Role {
  const dice = diceOf(call.callId);
  return {
    call,
    subjectId: `customer-${call.customerId ?? `unknown-${call.callId}`}`,
    issueType: issueTypes[call.type] ?? 'other',
    language: dice.happens('language', 0.25) ? 'de' : 'en',
    ends: endOf(call, dice),
    plan: plans(dice),
    answers: answering(dice),
    talkMs: Math.max(30_000, call.serviceMs),
    urgency: dice.one('urgency', ['low', 'normal', 'normal', 'normal', 'high', 'critical']),
    mood: dice.one('mood', ['calm', 'neutral', 'confused', 'frustrated', 'frustrated', 'angry']),
  };
}

/** Last four digits that steer the telephony simulator (docs/dialing.md). */
const steering: Readonly<Record<Role['answers'], string>> = {
  person: '1000',
  'busy-then-person': '0001',
  nobody: '0002',
  voicemail: '0003',
  'nobody-then-person': '0007',
};

/** What the bot hands over. Contexts are plausible and uneven: gaps are part of the play. */
export function contextOf(role: Role, now: Instant): HandoverRequest {
  const { call, language } = role;
  const dice = diceOf(call.callId);
  const number = `+4144${String(Math.floor(dice.share('number') * 1000)).padStart(3, '0')}${steering[role.answers]}`;
  const given = <Value>(what: string, value: Value, probability = 0.8): Value | undefined =>
    dice.happens(`gives ${what}`, probability) ? value : undefined;
  return {
    conversationId: `bank-${call.callId}`,
    subjectId: role.subjectId,
    language,
    timeZone: 'Europe/Zurich',
    accountTier: ['standard', 'plus', 'private'][call.priority] ?? 'standard',
    issue: { type: role.issueType },
    urgency: role.urgency,
    sentiment: given('mood', { mood: role.mood }),
    attempted: given('attempts', [
      { action: 'Looked the question up in the help pages', outcome: 'failed' as const },
    ]),
    opportunities: dice.happens('opportunity', 0.2)
      ? [
          {
            opportunityId: `opportunity-${call.callId}`,
            product: 'Savings plan',
            expiresAt: toIso(now + 4 * hourMs),
          },
        ]
      : undefined,
    pool: 'bank',
    skills: [language],
    personal: {
      phoneNumber: number,
      name: given('name', `Customer ${call.callId}`),
      accountReferences: given('account', [
        { kind: 'contract', value: `C-${call.customerId ?? call.callId}` },
      ]),
      summary: given('summary', `Asked about ${role.issueType.replace('-', ' ')}; the bot had no answer.`),
      discussed: given('discussed', ['Identity was checked', 'Balance was read out'], 0.7),
    },
  };
}
