import { promisable, simulateWorst, type OnTimeResult, type OnTimeTerms } from '@handover/capacity';
import { type Random, seededRandom } from '@handover/kernel';
import { type Figures } from './bench.js';

interface Case {
  readonly name: string;
  readonly terms: OnTimeTerms;
}

const aCase = (meanSeconds: number, variation: number, windowSeconds = 300): Case => {
  const plannedSeconds = Math.ceil(meanSeconds / windowSeconds) * windowSeconds;
  return {
    name: `${meanSeconds} s, CV ${variation}, planned ${plannedSeconds} s, window ${windowSeconds} s`,
    terms: { handle: { meanSeconds, variation }, plannedSeconds, windowSeconds, target: 0.95 },
  };
};

/** The bank's calls, the usual default, one with a long window, and two where next to no slack is planned. */
const cases = [aCase(189, 1.16), aCase(360, 1), aCase(360, 1, 900), aCase(298, 1.16), aCase(580, 1)];

const agentCounts = [1, 2, 4, 10, 40, 200];

/** The most promises, up to what agents have time for, that are kept in simulation: found by halving, since more are kept less often. */
function optimum(terms: OnTimeTerms, agents: number, timeFor: number, starts: number): number {
  let [kept, broken] = [0, timeFor + 1];
  while (broken - kept > 1) {
    const promised = (kept + broken) >> 1;
    if (simulateWorst({ terms, agents, promised, starts, seed: 2 }).onTime >= terms.target) kept = promised;
    else broken = promised;
  }
  return kept;
}

function measured({ name, terms }: Case, agents: number, starts: number): Figures {
  const promised = promisable(terms)(agents);
  const { onTime, margin } = simulateWorst({ terms, agents, promised, starts, seed: 1 });
  const work = (agents * terms.plannedSeconds) / terms.handle.meanSeconds;
  const most = optimum(terms, agents, Math.floor(work), starts);
  return {
    case: name,
    agents,
    promised,
    onTime: promised === 0 ? 'none promised' : Number(onTime.toFixed(4)),
    margin: Number(margin.toFixed(4)),
    kept: onTime + margin >= terms.target,
    occupancy: Number((promised / work).toFixed(3)),
    empiricalOptimum: most,
    gap: most === 0 ? 0 : Number(((most - promised) / most).toFixed(3)),
  };
}

/**
 * κ against simulation: with as many promises as κ allows, is each start inside its window with the target's probability,
 * and how many more would have been kept? Of three ways in which starts can fill a plan, the worst counts.
 */
export async function benchOnTime({ starts = 200_000 }): Promise<readonly Figures[]> {
  return cases.flatMap((each) => agentCounts.map((agents) => measured(each, agents, starts)));
}

/** A run that missed the target is played again, so many times as long. */
const longer = 10;

const anyOf = <Value>(values: readonly Value[], share: number): Value | undefined =>
  values[Math.floor(share * values.length)];

/** Handle times from an eighth of a window to five windows, variation 0.2 to 2, targets from 0.8 to 0.99. */
function anyTerms(random: Random): OnTimeTerms {
  const windowSeconds = 300;
  const meanSeconds = windowSeconds * 0.125 * 40 ** random.next();
  return {
    handle: { meanSeconds, variation: 0.2 + 1.8 * random.next() },
    plannedSeconds: Math.ceil(meanSeconds / windowSeconds) * windowSeconds,
    windowSeconds,
    target: anyOf([0.8, 0.9, 0.95, 0.99], random.next()) ?? 0.95,
  };
}

/** The same for handle times, variations and targets drawn at random: in how many is the target missed, and by how much? */
export async function benchOnTimeRandom({
  cases: count = 100,
  starts = 40_000,
}): Promise<readonly Figures[]> {
  const random = seededRandom(count);
  const draws = Array.from({ length: count }, () => anyTerms(random));
  return [1, 2, 3, 5, 8, 15, 40, 120].map((agents) => {
    const runs = draws.flatMap((terms, index) => {
      const promised = promisable(terms)(agents);
      if (promised === 0) return [];
      const run = (length: number) => simulateWorst({ terms, agents, promised, starts: length, seed: index });
      const isShort = ({ onTime, margin }: OnTimeResult) => onTime + 1.5 * margin < terms.target;
      // Agents who are busy nearly all the time remember a backlog for hours: a short run says little.
      const short = run(starts);
      const result = isShort(short) ? run(longer * starts) : short;
      return [{ short: terms.target - result.onTime, broken: isShort(result), beyond: promised > agents }];
    });
    return {
      agents,
      cases: runs.length,
      beyondAgents: runs.filter(({ beyond }) => beyond).length,
      broken: runs.filter(({ broken }) => broken).length,
      largestShortfall: Number(Math.max(0, ...runs.map(({ short }) => short)).toFixed(4)),
    };
  });
}
