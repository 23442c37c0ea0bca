import { type DomainEvent, topics } from '@handover/contracts';
import { fromIso, percentile } from '@handover/kernel';
import { type Figures } from '../bench.js';
import { type Call } from './load.js';
import { type Record, type Timed } from './log.js';

/** The moments of one handover's way, in domain time; NaN where it did not come by. */
type Way = { readonly [moment: string]: number };

/** From one moment to the next, and who is at work in between. */
const steps: readonly (readonly [step: string, from: string, to: string])[] = [
  ['request → decided by intake', 'asked', 'requested'],
  ['→ committed, relayed, on the bus', 'requested', 'requestOnBus'],
  ['→ taken and decided by reservation', 'requestOnBus', 'held'],
  ['→ committed, relayed, taken by intake, answered', 'held', 'offered'],
  ['request → offers', 'asked', 'offered'],
  ['acceptance → decided by intake', 'acceptedAt', 'accepted'],
  ['→ committed, relayed, on the bus', 'accepted', 'acceptOnBus'],
  ['→ taken and decided by reservation', 'acceptOnBus', 'confirmed'],
  ['→ committed, relayed, taken by intake, answered', 'confirmed', 'answered'],
  ['acceptance → appointment', 'acceptedAt', 'answered'],
  ['appointment → on the bus', 'confirmed', 'scheduleOnBus'],
  ['→ taken and decided by dialing', 'scheduleOnBus', 'scheduled'],
  ['agent assigned → briefing acknowledged', 'assigned', 'acknowledged'],
  ['start of the window → dialled', 'start', 'dialled'],
  ['dialled → callback completed', 'dialled', 'completed'],
  ['callback completed → on the bus', 'completed', 'completedOnBus'],
  ['→ taken and decided by analytics', 'completedOnBus', 'surveyed'],
];

/** True if the callback was dialled in its window, ended with the agent's words, and its caller is asked how it was. */
export function isThrough(events: readonly Timed[] = []): boolean {
  const dialled = find(events, 'AttemptStarted');
  const completed = find(events, 'CallbackCompleted');
  return (
    dialled?.data.inWindow === true &&
    completed?.data.disposition === 'resolved' &&
    find(events, 'SurveyRequested') !== undefined
  );
}

/** Median and 99th percentile of each step, in ms of wall time. */
export function stepsOf(calls: readonly Call[], record: Record, speed: number): Figures[] {
  const ways = calls.map((call) => wayOf(call, record));
  return steps.map(([step, from, to]) => {
    const tookMs = ways
      .map((way) => ((way[to] ?? Number.NaN) - (way[from] ?? Number.NaN)) / speed)
      .filter(Number.isFinite);
    const ms = (share: number): number => Number(percentile(tookMs, share).toFixed(1));
    return { step, n: tookMs.length, p50Ms: ms(0.5), p99Ms: ms(0.99) };
  });
}

function wayOf(call: Call, { events, messages }: Record): Way {
  const story = events.get(call.handoverId) ?? [];
  const scheduled = find(story, 'CallbackScheduled');
  const at = (type: DomainEvent['type']): number => find(story, type)?.at ?? Number.NaN;
  /** Of the message that follows from that event: it has the event's id, and its place among what follows. */
  const onBus = (type: DomainEvent['type'], topic: string, index = 0): number => {
    const id = find(story, type)?.id;
    return messages.get(`${topic} ${index === 0 ? id : `${id}.${index}`}`) ?? Number.NaN;
  };
  return {
    asked: call.askedAt,
    requested: at('HandoverRequested'),
    requestOnBus: onBus('HandoverRequested', topics.slotCommands, 1),
    held: at('OffersHeld'),
    offered: call.offeredAt,
    acceptedAt: call.acceptedAt,
    accepted: at('OfferAccepted'),
    acceptOnBus: onBus('OfferAccepted', topics.slotCommands, 1),
    confirmed: at('AppointmentConfirmed'),
    answered: call.confirmedAt,
    scheduleOnBus: onBus('AppointmentConfirmed', topics.callbackCommands, 1),
    scheduled: at('CallbackScheduled'),
    assigned: at('AgentAssigned'),
    acknowledged: at('BriefingAcknowledged'),
    start: scheduled ? fromIso(scheduled.data.start) : Number.NaN,
    dialled: at('AttemptStarted'),
    completed: at('CallbackCompleted'),
    completedOnBus: onBus('CallbackCompleted', topics.callbackEvents),
    surveyed: at('SurveyRequested'),
  };
}

type OfType<Type extends DomainEvent['type']> = Extract<Timed, { readonly type: Type }>;

const find = <Type extends DomainEvent['type']>(
  events: readonly Timed[],
  type: Type,
): OfType<Type> | undefined => events.find((event): event is OfType<Type> => event.type === type);
