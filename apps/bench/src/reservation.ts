import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Demand } from '@handover/reservation';
import { type Figures } from './bench.js';
import { type Loaded, type Size, loaded, takeAny } from './reservation-scenario.js';

const pool: Size = { agents: 10_000, groups: 256, skills: 50, cells: 288 };

const cases: readonly (Size & { readonly share: number })[] = [
  { ...pool, share: 0.5 },
  { ...pool, share: 0.9 },
  { ...pool, share: 0.99 },
  { ...pool, share: 0.9, agents: 1_000 },
  { ...pool, share: 0.9, agents: 100_000 },
];

/** Callers of one batch; as many others leave before each, so the load stays. */
const batch = 1_000;

/** What a run counted. Times are of the engine's calls alone. */
interface Tally {
  held: number;
  refused: number;
  shifted: number;
  seconds: number;
  /** Of this thread: what a core to itself would have needed. */
  cpuSeconds: number;
}

/**
 * How many reservations one core decides in memory. A decision is a hold, found or refused, or a confirmation that the
 * hold stands; for each caller who finds a place there are two.
 */
export async function benchReservation({ confirmations = 800_000 }): Promise<readonly Figures[]> {
  return cases.map(({ share, ...size }) => measure(size, share, confirmations));
}

function measure(size: Size, share: number, confirmations: number): Figures {
  const before = memory();
  const loadedPool = loaded(size, share);
  const bytes = memory() - before;
  const promised = loadedPool.placed.length;
  run(loadedPool, confirmations / 4); // until the code is compiled for it
  const { held, refused, shifted, seconds, cpuSeconds } = run(loadedPool, confirmations);
  return {
    agents: size.agents,
    load: Number(loadedPool.load.toFixed(3)),
    promised,
    decisionsPerSecond: Math.round((2 * held + refused) / seconds),
    decisionsPerCpuSecond: Math.round((2 * held + refused) / cpuSeconds),
    heldAndConfirmedPerCpuSecond: Math.round(held / cpuSeconds),
    refusedUnprovenShare: Number(unprovenShare(loadedPool).toFixed(4)),
    foundShare: Number((held / (held + refused)).toFixed(4)),
    shiftedShare: Number((shifted / held).toFixed(4)),
    bytesPerPromise: Math.round(bytes / promised),
  };
}

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Bytes in use. Twice: what the first collection finalizes, the second one frees. */
function memory(): number {
  for (let time = 0; time < 2; time += 1) if (typeof collectGarbage === 'function') collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function run({ engine, callers, placed, random }: Loaded, confirmations: number): Tally {
  const tally: Tally = { held: 0, refused: 0, shifted: 0, seconds: 0, cpuSeconds: 0 };
  while (tally.held < confirmations) {
    for (let left = 0; left < batch; left += 1) engine.release(takeAny(placed, random).id);
    for (let free = batch; free > 0;) {
      const asking = Array.from({ length: free }, () => callers.next());
      const held: Demand[] = [];
      const began = performance.now();
      const cpuBegan = process.threadCpuUsage();
      for (const demand of asking) {
        const admission = engine.admit(demand);
        if (!admission) continue;
        held.push(demand);
        if (admission.shifted.length > 0) tally.shifted += 1;
      }
      for (const { id } of held)
        if (engine.groupOf(id) === undefined) throw new Error(`The hold ${id} was lost`);
      const { user, system } = process.threadCpuUsage(cpuBegan);
      tally.cpuSeconds += (user + system) / 1_000_000;
      tally.seconds += (performance.now() - began) / 1_000;
      tally.held += held.length;
      tally.refused += asking.length - held.length;
      placed.push(...held);
      free -= held.length;
    }
  }
  return tally;
}

/** Of callers: those refused without proof that it is impossible. What the search misses is at most that. */
function unprovenShare({ engine, callers, placed, random }: Loaded): number {
  let [unproven, asked] = [0, 0];
  for (; asked < 10 * batch; asked += 1) {
    const demand = callers.next();
    if (engine.admit(demand)) {
      placed.push(demand);
      engine.release(takeAny(placed, random).id);
    } else if (!engine.isProvenFull(demand)) unproven += 1;
  }
  return unproven / asked;
}
