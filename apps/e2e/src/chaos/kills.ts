import { type Random } from '@handover/kernel';
import { type Fleet } from '../system/fleet.js';
import { type ServiceProcess } from '../system/process.js';
import { services } from '../system/system.js';
import { Killer, type Kills, type MortalBroker } from './killer.js';
import { leaderOf } from './log.js';

export interface ChaosPlan {
  readonly fleet: Fleet;
  readonly broker: MortalBroker;
  readonly random: Random;
  /** kill -9 in all, at least. */
  readonly kills: number;
  /** Of these, how many hit the broker. */
  readonly brokerKills: number;
  /** Resolves when the system has got something done since the last time: however fast the machine, kills hit it at work. */
  readonly progress: () => Promise<void>;
  /** Called while the broker is away; it starts again when this resolves. */
  readonly withoutBroker: () => Promise<void>;
}

/** Wall time between a restart and the next strike: often short, at times long enough to get work done. */
const gapsMs = [
  { least: 0, most: 400 },
  { least: 200, most: 1_500 },
  { least: 1_500, most: 4_000 },
] as const;
/** kill -9 without a breath between them, at most. */
const inOneGo = 6;
const downMs = { least: 0, most: 700 };
/** How far into its start-up a process is when it is hit again. */
const startingMs = { least: 20, most: 900 };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills with -9 again and again, at seeded moments, and starts what it killed. Resolves with what it did. */
export async function rage({ fleet, broker, kills, brokerKills, ...plan }: ChaosPlan): Promise<Kills> {
  const { random, progress, withoutBroker } = plan;
  const killer = new Killer(fleet, broker);
  const strikes = strikesOf(fleet, killer, { random, withoutBroker });
  let breath = 0;
  while (killer.total < kills) {
    if (killer.total >= breath + inOneGo) {
      await progress();
      breath = killer.total;
    }
    await between(random, random.pick(gapsMs));
    const brokerIsDue = killer.of('broker') < brokerKills * (killer.total / kills);
    const strike = brokerIsDue
      ? 'broker'
      : random.pick(['one', 'one', 'leader', 'leader', 'several', 'starting'] as const);
    await strikes[strike]();
    expectNobodyEndedAlone(fleet);
  }
  return killer;
}

const between = (random: Random, { least, most }: { least: number; most: number }): Promise<void> =>
  pause(random.between(least, most));

/** The ways to strike. Each resolves when what it killed has been started again, which is not yet: when it is ready. */
function strikesOf(
  { processes, storeFile }: Fleet,
  killer: Killer,
  { random, withoutBroker }: Pick<ChaosPlan, 'random' | 'withoutBroker'>,
) {
  const down = (): Promise<void> => between(random, downMs);
  const killAndStart = async (victim: ServiceProcess): Promise<void> => {
    await killer.kill(victim);
    await down();
    victim.start();
  };
  return {
    one: () => killAndStart(random.pick(processes)),
    leader: async () => {
      const name = leaderOf(storeFile, random.pick(services));
      await killAndStart(processes.find((process) => process.name === name) ?? random.pick(processes));
    },
    several: async () => {
      const victims = processes.filter(() => random.below(2) === 0);
      await Promise.all(victims.map((victim) => killer.kill(victim)));
      for (const victim of victims) {
        await down();
        victim.start();
      }
    },
    starting: async () => {
      const victim = random.pick(processes);
      await killAndStart(victim);
      await between(random, startingMs);
      await killAndStart(victim);
    },
    broker: async () => {
      await killer.killBroker();
      await down();
      await killAndStart(random.pick(processes));
      await withoutBroker();
      await killer.startBroker();
    },
  };
}

/** @throws Error if a process ended that nobody killed: with its last words */
function expectNobodyEndedAlone({ processes }: Fleet): void {
  for (const process of processes)
    if (process.ended) throw new Error(`${process.name} ended by itself:\n${process.tail}`);
}
