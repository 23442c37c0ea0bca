import { promisable, simulateWorst, type OnTimeTerms } from '@handover/capacity';
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

/** The most promises that are kept in simulation: found by halving, since more promises are kept less often. */
function optimum(terms: OnTimeTerms, agents: number, starts: number): number {
  let [kept, broken] = [0, agents + 1];
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
  const most = optimum(terms, agents, starts);
  return {
    case: name,
    agents,
    promised,
    onTime: promised === 0 ? 'none promised' : Number(onTime.toFixed(4)),
    margin: Number(margin.toFixed(4)),
    kept: onTime + margin >= terms.target,
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
