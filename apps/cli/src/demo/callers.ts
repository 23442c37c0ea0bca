import { type ConversationReport } from '@handover/contracts';
import { minuteMs, secondMs, toIso, type Instant } from '@handover/kernel';
import { contextOf, type Role } from './script.js';
import { until, type Stage } from './stage.js';

interface SpokenOffer {
  readonly offerId: string;
  readonly start: string;
  readonly holdUntil: string;
}

interface HandoverAnswer {
  readonly handoverId: string;
  readonly say: string;
  readonly offers: readonly SpokenOffer[];
}

const report = (role: Role, startedAt: Instant, endedAt: Instant): ConversationReport => ({
  conversationId: `bank-${role.call.callId}`,
  subjectId: role.subjectId,
  outcome: role.ends,
  issueType: role.issueType,
  language: role.language,
  botId: 'bank-voicebot',
  startedAt: toIso(startedAt),
  endedAt: toIso(endedAt),
});

/** Posts the handover until it is answered: the same idempotency key makes a repeat safe. */
async function handOver({ api, clock, tally }: Stage, role: Role): Promise<HandoverAnswer> {
  const context = contextOf(role, clock.now());
  const answer = await api.call<HandoverAnswer>('POST', '/v1/handovers', context, {
    'idempotency-key': role.call.callId,
    'handover-client': 'demo',
  });
  if (answer.status === 201) tally.offerLatenciesMs.push(answer.tookMs);
  else if (answer.status === 202) tally.count('handovers answered late');
  else throw new Error(`POST /v1/handovers: ${answer.status} ${JSON.stringify(answer.body)}`);
  if (!answer.body.say) tally.fault(`handover ${answer.body.handoverId}: nothing to say`);
  tally.count('handovers');
  tally.handoverIds.push(answer.body.handoverId);
  return answer.body;
}

async function accept({ api, tally }: Stage, handoverId: string, offerId: string): Promise<boolean> {
  const answer = await api.call('POST', `/v1/handovers/${handoverId}/appointment`, { offerId });
  if (answer.status === 201) tally.count('appointments confirmed');
  else if (answer.status === 409) tally.count(`confirmation refused`);
  else if (answer.status === 202) tally.count('confirmations answered late');
  else tally.fault(`accept: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.status === 201;
}

async function decide(stage: Stage, role: Role, { handoverId, offers }: HandoverAnswer): Promise<void> {
  const { api, clock, tally } = stage;
  const [first, second] = offers;
  if (!first) {
    tally.count('handovers without an offer');
    return;
  }
  await until(clock, clock.now() + 20 * secondMs);
  switch (role.plan) {
    case 'decline':
      await api.must('POST', `/v1/handovers/${handoverId}/decline`, { reason: 'No time today' });
      tally.count('offers declined');
      return;
    case 'accept-too-late':
      await until(clock, Date.parse(first.holdUntil) + minuteMs);
      await accept(stage, handoverId, first.offerId);
      return;
    case 'accept':
    case 'cancel-later': {
      const chosen = role.call.priority === 1 && second ? second : first;
      if (!(await accept(stage, handoverId, chosen.offerId)) || role.plan === 'accept') return;
      await until(clock, clock.now() + 4 * minuteMs);
      const cancelled = await api.call('DELETE', `/v1/handovers/${handoverId}/appointment`);
      tally.count(cancelled.status < 300 ? 'appointments cancelled by the caller' : 'cancellations refused');
    }
  }
}

/** One caller, from the first word with the bot to the end of the conversation. */
export async function call(stage: Stage, role: Role): Promise<void> {
  const { api, clock, tally } = stage;
  const startedAt = clock.now();
  const talkMs = Math.min(Math.max(role.call.serviceMs / 2, 30 * secondMs), 3 * minuteMs);
  try {
    await until(clock, startedAt + talkMs);
    const answer = role.ends === 'handed-over' ? await handOver(stage, role) : undefined;
    await api.must('POST', '/v1/conversations', report(role, startedAt, clock.now()));
    tally.count('conversations');
    tally.count(`conversations ${role.ends}`);
    if (answer) await decide(stage, role, answer);
  } catch (fault) {
    tally.fault(fault instanceof Error ? fault.message : String(fault));
  }
}
