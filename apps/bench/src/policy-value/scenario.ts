import { type Instant, hourMs, secondMs, seededRandom } from '@handover/kernel';
import { Agenda } from './agenda.js';
import { type Availability, type Caller, luckOf } from './caller.js';
import { Centre, type Policy } from './centre.js';
import { ExactSlots } from './exact-slots.js';
import { vague, virtualHold } from './first-come.js';
import { type Staff, paidMs, staffOf } from './staff.js';
import { Tally } from './tally.js';
import { type TracedCall, patienceOf } from './trace.js';

/** The bank's hours on the clock. */
const opensHour = 7;
const closesHour = 24;
/** Some day without a change of clocks. */
const midnight: Instant = Date.UTC(1999, 1, 7);
const opens = midnight + opensHour * hourMs;
const closes = midnight + closesHour * hourMs;

export type PolicyName = 'exact' | 'virtual hold' | 'vague';

export interface Assumptions extends Availability {
  /** Of the time that callers stay on the line, how many times as long they wait off the line in uncertainty. */
  readonly patienceFactor: number;
}

/** Days that are simulated one by one: callers and what each hour asks of the agents. */
export interface Demand {
  readonly days: readonly (readonly Caller[])[];
  readonly meanServiceMs: number;
  /** Agents whom the calls of each hour keep busy, the mean of the days. */
  readonly erlangs: readonly number[];
}

/**
 * The bank's days, or all of them laid on one as if five banks shared their agents. Who hung up gets a service time of
 * somebody who was served.
 */
export function demandOf(calls: readonly TracedCall[], patienceFactor: number, pooled: boolean): Demand {
  const random = seededRandom(7);
  const patience = patienceOf(calls);
  const served = calls.flatMap(({ serviceSeconds }) => (serviceSeconds > 0 ? [serviceSeconds] : []));
  const within = calls.filter(({ atMs }) => atMs >= opensHour * hourMs && atMs < closesHour * hourMs);
  const callers = within.map((call, index): Caller & { date: string } => ({
    date: call.date,
    id: `caller-${index}`,
    askedAt: midnight + call.atMs,
    serviceMs: (call.serviceSeconds || random.pick(served)) * secondMs,
    patienceMs: patience(random.next()) * patienceFactor * secondMs,
    luck: luckOf(random),
  }));
  const dates = [...new Set(callers.map(({ date }) => date))];
  const days = pooled ? [callers] : dates.map((day) => callers.filter(({ date }) => date === day));
  const workMs = (hour: number): number =>
    callers
      .filter(({ askedAt }) => Math.floor((askedAt - opens) / hourMs) === hour)
      .reduce((sum, { serviceMs }) => sum + serviceMs, 0);
  return {
    days,
    meanServiceMs: callers.reduce((sum, { serviceMs }) => sum + serviceMs, 0) / callers.length,
    erlangs: Array.from({ length: closesHour - opensHour }, (_, hour) => workMs(hour) / hourMs / days.length),
  };
}

/** How the agents' hours are laid: as the load of each hour, or the same all day long. */
export type Shape = 'as load' | 'flat';

/** Agents for a multiple of the load, in whole agents, at least one. */
export function staffFor(erlangs: readonly number[], ratio: number, shape: Shape = 'as load'): Staff {
  const mean = erlangs.reduce((sum, load) => sum + load, 0) / erlangs.length;
  const needed = erlangs.map((load) => Math.max(1, Math.round(ratio * (shape === 'flat' ? mean : load))));
  return staffOf(needed, opens);
}

/** One policy over all days. */
export function play(
  name: PolicyName,
  slotMinutes: number,
  { days, meanServiceMs }: Demand,
  staff: Staff,
  availability: Availability,
): Tally {
  const tally = new Tally();
  for (const callers of days) {
    const agenda = new Agenda(opens);
    const policy = policyOf(name, slotMinutes, meanServiceMs);
    const centre = new Centre(agenda, { availability, staff }, policy);
    if (policy instanceof ExactSlots) policy.project(centre);
    for (const caller of callers) agenda.at(caller.askedAt, () => centre.ask(caller));
    agenda.playUntil(closes);
    tally.add(centre.fates.values(), centre.busyMs, paidMs(staff));
  }
  return tally;
}

function policyOf(name: PolicyName, slotMinutes: number, meanServiceMs: number): Policy {
  if (name === 'vague') return vague;
  if (name === 'virtual hold') return virtualHold(meanServiceMs);
  return new ExactSlots(slotMinutes, Math.round(meanServiceMs / secondMs), opens, closes);
}
