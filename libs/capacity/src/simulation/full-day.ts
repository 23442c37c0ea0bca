import { joined, stretchesOf, type CapacityRow, type Stretch } from '@handover/contracts';
import { fromIso, secondMs, seededRandom, type Instant } from '@handover/kernel';
import { logNormal, type Spread } from '../handle-time/log-normal.js';
import { type AgentAtWork } from '../projection/whereabouts.js';
import { normalFrom } from './normal-from.js';

export interface FullDay {
  readonly rows: readonly CapacityRow[];
  readonly agents: readonly AgentAtWork[];
  readonly handle: Spread;
  readonly cellMs: number;
  /** Planned cells of one callback. */
  readonly length: number;
  readonly seed: number;
}

/** One promised start, as it went. */
export interface Start {
  readonly due: Instant;
  /** Undefined if nobody was at work any more. */
  readonly began: Instant | undefined;
  /** By how much it lasted beyond its agent's stretch of work; 0 if it did not. */
  readonly overtimeMs: number;
}

interface Stay extends Stretch {
  freeAt: Instant;
}

/**
 * A day whose rows are promised to the last place, worked through by the very agents whom the rows were projected from:
 * log-normal handle times; whoever is free first takes the callback that is due first, if its planned time lies within the
 * stretch of work. Shares no formula with κ. One skill set.
 */
export function simulateFullDay({ rows, agents, handle, cellMs, length, seed }: FullDay): Start[] {
  const random = seededRandom(seed);
  const { mu, sigma } = logNormal(handle);
  const stays: Stay[] = agents.flatMap(({ shifts }) =>
    joined(Object.values(shifts).flatMap(stretchesOf)).map((stretch) => ({
      ...stretch,
      freeAt: stretch.from,
    })),
  );
  return rows
    .flatMap((row) => filled(row, cellMs, length))
    .sort((one, other) => one - other)
    .map((due) => {
      const stay = nextFree(stays, due, length * cellMs);
      if (!stay) return { due, began: undefined, overtimeMs: 0 };
      const began = Math.max(due, stay.freeAt);
      stay.freeAt = began + Math.exp(mu + sigma * normalFrom(random)) * secondMs;
      return { due, began, overtimeMs: Math.max(0, stay.freeAt - stay.until) };
    });
}

/** Who can begin it first; of several, who has been idle longest. */
function nextFree(stays: readonly Stay[], due: Instant, plannedMs: number): Stay | undefined {
  let best: Stay | undefined;
  for (const stay of stays) {
    if (stay.from > due || due + plannedMs > stay.until || stay.freeAt >= stay.until) continue;
    if (!best || stay.freeAt < best.freeAt) best = stay;
  }
  return best;
}

/** Starts that fill a row's cells, earliest first: as many in each cell as still fit. */
function filled({ from, cells }: CapacityRow, cellMs: number, length: number): Instant[] {
  const left = [...cells];
  return cells.flatMap((_, cell) => {
    const planned = left.slice(cell, cell + length);
    const fitting = planned.length < length ? 0 : Math.min(...planned);
    for (let each = cell; each < cell + length; each += 1) left[each] = (left[each] ?? 0) - fitting;
    return new Array<Instant>(Math.max(0, fitting)).fill(fromIso(from) + cell * cellMs);
  });
}
