import { hourMs } from '@handover/kernel';
import { type Figures } from '../bench.js';
import { type Assumptions, type PolicyName, type Shape, demandOf, play, staffFor } from './scenario.js';
import { paidMs } from './staff.js';
import { bankWeek } from './trace.js';

const policies: readonly PolicyName[] = ['exact', 'virtual hold', 'vague'];

const usual: Assumptions = { expecting: 0.95, otherwise: 0.6, fadesInMinutes: 15, patienceFactor: 10 };
/** One thing assumed otherwise each. */
const otherwise: readonly Partial<Assumptions>[] = [
  { otherwise: 0.4 },
  { otherwise: 0.8 },
  { fadesInMinutes: 5 },
  { fadesInMinutes: 60 },
  { patienceFactor: 3 },
  { patienceFactor: 1_000 },
];

interface Case {
  /** Five banks share their agents, or one. */
  readonly banks: 1 | 5;
  readonly shifts: Shape;
  /** Agents' hours, as a multiple of the work. */
  readonly ratio: number;
}

const cases: readonly Case[] = [
  ...[0.9, 1, 1.1, 1.3, 1.6, 2].map((ratio): Case => ({ banks: 5, shifts: 'as load', ratio })),
  ...[1, 1.1, 1.3, 1.6].map((ratio): Case => ({ banks: 5, shifts: 'flat', ratio })),
  ...[1, 1.3, 2].map((ratio): Case => ({ banks: 1, shifts: 'as load', ratio })),
];
/** Where callers of a queue wait long: there it matters what is assumed of them. */
const sensitive: Case = { banks: 5, shifts: 'flat', ratio: 1.1 };

function rows({ banks, shifts, ratio }: Case, slotMinutes: number, assumed: Partial<Assumptions>): Figures[] {
  const assumptions = { ...usual, ...assumed };
  const demand = demandOf(bankWeek(), assumptions.patienceFactor, banks === 5);
  const staff = staffFor(demand.erlangs, ratio, shifts);
  const workMs = demand.erlangs.reduce((sum, each) => sum + each, 0) * hourMs;
  const [[what, value] = ['as usual', '']] = Object.entries(assumed);
  return policies.map((policy) => ({
    banks,
    shifts,
    staffed: Number((paidMs(staff) / workMs).toFixed(2)),
    assumed: `${what} ${value}`.trim(),
    policy,
    ...play(policy, slotMinutes, demand, staff, assumptions).figures(),
  }));
}

/**
 * What exact slots are worth to callers, and what they cost, against queues that call back: the bank's week, the same
 * callers with the same luck, the same agents. Percent of callers, but for `promiseKept` (of those who got a promise),
 * `firstDialMissed` (of those called), `busy` (of the agents' time), moves (per 100 callers), and the delay until they talk, in minutes.
 */
export async function benchPolicyValue({ slotMinutes = 5 }): Promise<readonly Figures[]> {
  return [
    ...cases.flatMap((each) => rows(each, slotMinutes, {})),
    ...otherwise.flatMap((assumed) => rows(sensitive, slotMinutes, assumed)),
  ];
}
