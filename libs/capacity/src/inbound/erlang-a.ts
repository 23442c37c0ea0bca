/** Inbound calls as a queue with impatient callers sees them. */
export interface InboundTraffic {
  readonly callsPerHour: number;
  readonly handleSeconds: number;
  /** Mean time that a waiting caller waits before hanging up. */
  readonly patienceSeconds: number;
}

/** What callers meet, in the long run. */
export interface InboundService {
  /** Probability that a call is not answered at once. */
  readonly wait: number;
  /** Probability that a caller hangs up waiting. */
  readonly abandon: number;
  /** Over all callers, those who are answered at once and those who hang up included. */
  readonly meanWaitSeconds: number;
}

/** A state with so small a part of the most likely one's probability adds nothing. */
const negligible = 1e-18;

/**
 * Erlang-A, the M/M/n + M queue: Poisson arrivals, exponential handle times and patience (C. Palm, "Research on Telephone
 * Traffic Carried by Full Availability Groups", Tele 1, 1957; Garnett, Mandelbaum, Reiman, "Designing a Call Center with
 * Impatient Customers", M&SOM 4, 2002).
 *
 * With λ arrivals, μ = 1 / handle time and θ = 1 / patience, the probabilities of k calls in the system balance:
 * λ pₖ = (min(k+1, n) μ + max(0, k+1−n) θ) pₖ₊₁. They are summed outwards from the most likely state, relative to it: every
 * term is at most 1, so nothing overflows or cancels, for any n. An arrival finds k calls with probability pₖ (PASTA);
 * the mean wait is the mean queue / λ (Little), and those who wait a mean w abandon with probability θ w.
 *
 * @param agents n, at least 1
 */
export function erlangA(
  { callsPerHour, handleSeconds, patienceSeconds }: InboundTraffic,
  agents: number,
): InboundService {
  const arrivals = callsPerHour / 3600;
  if (arrivals <= 0) return { wait: 0, abandon: 0, meanWaitSeconds: 0 };
  const leaving = (calls: number): number =>
    Math.min(calls, agents) / handleSeconds + Math.max(0, calls - agents) / patienceSeconds;
  const offered = arrivals * handleSeconds;
  const mode = Math.floor(
    offered <= agents ? offered : agents + (arrivals - agents / handleSeconds) * patienceSeconds,
  );

  const sums = { all: 0, waiting: 0, queue: 0 };
  const add = (calls: number, probability: number): void => {
    sums.all += probability;
    if (calls < agents) return;
    sums.waiting += probability;
    sums.queue += (calls - agents) * probability;
  };
  let probability = 1;
  for (let calls = mode; probability > negligible; calls += 1) {
    add(calls, probability);
    probability *= arrivals / leaving(calls + 1);
  }
  probability = 1;
  for (let calls = mode; calls > 0 && probability > negligible; calls -= 1) {
    probability *= leaving(calls) / arrivals;
    add(calls - 1, probability);
  }
  const meanWaitSeconds = sums.queue / sums.all / arrivals;
  return { wait: sums.waiting / sums.all, abandon: meanWaitSeconds / patienceSeconds, meanWaitSeconds };
}

/** No pool has more agents. */
const agentsAtMost = 1 << 20;

/**
 * The fewest agents with whom at least this share of calls is answered at once: P(wait) falls with every agent.
 * @param answeredAtOnce 0 to 0.999; 0 asks for nobody
 */
export function agentsFor(traffic: InboundTraffic, answeredAtOnce: number): number {
  if (traffic.callsPerHour <= 0 || answeredAtOnce <= 0) return 0;
  const enough = (agents: number): boolean => erlangA(traffic, agents).wait <= 1 - answeredAtOnce;
  let most = 1;
  while (!enough(most) && most < agentsAtMost) most *= 2;
  let least = most >> 1;
  while (most - least > 1) {
    const middle = (least + most) >> 1;
    if (enough(middle)) most = middle;
    else least = middle;
  }
  return most;
}
