import { type Random } from '@handover/kernel';
import { type Fleet } from '../system/fleet.js';
import { services, type Service } from '../system/system.js';

/** A broker that can be killed and started again on the same port and data. */
export interface MortalBroker {
  kill(): Promise<void>;
  start(): Promise<void>;
}

export type Kills = Record<Service | 'broker', number>;

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
}

/** Wall time between a restart and the next strike: often short, at times long enough to get work done. */
const gapsMs = [
  { least: 0, most: 400 },
  { least: 200, most: 1_500 },
  { least: 2_000, most: 6_000 },
] as const;
/** kill -9 without a breath between them, at most. */
const inOneGo = 6;
const downMs = { least: 0, most: 700 };
/** How far into its start-up a process is when it is hit again. */
const startingMs = { least: 20, most: 900 };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills with -9 again and again, at seeded moments, and starts what it killed. Resolves with the kills by victim. */
export async function rage({
  fleet,
  broker,
  random,
  kills,
  brokerKills,
  progress,
}: ChaosPlan): Promise<Kills> {
  const count: Kills = { intake: 0, capacity: 0, reservation: 0, dialing: 0, analytics: 0, broker: 0 };
  const total = (): number => Object.values(count).reduce((sum, one) => sum + one, 0);
  const between = ({ least, most }: { least: number; most: number }): Promise<void> =>
    pause(random.between(least, most));

  const kill = async (service: Service): Promise<void> => {
    await fleet.process(service).kill();
    count[service] += 1;
  };
  const start = async (service: Service): Promise<void> => {
    await between(downMs);
    fleet.process(service).start();
  };
  const strikes = {
    one: async () => {
      const victim = random.pick(services);
      await kill(victim);
      await start(victim);
    },
    several: async () => {
      const victims = services.filter(() => random.below(2) === 0);
      await Promise.all(victims.map(kill));
      for (const victim of victims) await start(victim);
    },
    starting: async () => {
      const victim = random.pick(services);
      await kill(victim);
      await start(victim);
      await between(startingMs);
      await kill(victim);
      await start(victim);
    },
    broker: async () => {
      await broker.kill();
      count.broker += 1;
      const alsoHit = random.pick(services);
      await between(downMs);
      await kill(alsoHit);
      await start(alsoHit);
      await broker.start();
    },
  };

  let breath = 0;
  while (total() < kills) {
    if (total() >= breath + inOneGo) {
      await progress();
      breath = total();
    }
    await between(random.pick(gapsMs));
    const brokerIsDue = count.broker < brokerKills * (total() / kills);
    const strike = brokerIsDue
      ? 'broker'
      : random.pick(['one', 'one', 'one', 'several', 'starting'] as const);
    await strikes[strike]();
    reviveTheFallen(fleet);
  }
  return count;
}

/** @throws Error if a process ended that nobody killed: with its last words */
function reviveTheFallen(fleet: Fleet): void {
  for (const service of services) {
    const process = fleet.process(service);
    if (process.ended) throw new Error(`${service} ended by itself:\n${process.tail}`);
  }
}
