import { type Fleet } from '../system/fleet.js';
import { type ServiceProcess } from '../system/process.js';
import { services } from '../system/system.js';
import { leaderOf } from './log.js';

/** A broker that can be killed and started again on the same port and data. */
export interface MortalBroker {
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** kill -9, counted. */
export interface Kills {
  /** By process, the broker included. */
  readonly byVictim: ReadonlyMap<string, number>;
  /** Of these, how many hit a process whose relay held its service's lease. */
  readonly leaders: number;
  readonly total: number;
}

/** Kills, and keeps count. */
export class Killer implements Kills {
  readonly byVictim = new Map<string, number>();
  leaders = 0;

  constructor(
    private readonly fleet: Fleet,
    private readonly broker: MortalBroker,
  ) {}

  get total(): number {
    return [...this.byVictim.values()].reduce((sum, count) => sum + count, 0);
  }

  of(victim: string): number {
    return this.byVictim.get(victim) ?? 0;
  }

  async kill(victim: ServiceProcess): Promise<void> {
    const { storeFile } = this.fleet;
    this.leaders += Number(services.some((service) => leaderOf(storeFile, service) === victim.name));
    await victim.kill();
    this.count(victim.name);
  }

  async killBroker(): Promise<void> {
    await this.broker.kill();
    this.count('broker');
  }

  startBroker(): Promise<void> {
    return this.broker.start();
  }

  private count(victim: string): void {
    this.byVictim.set(victim, this.of(victim) + 1);
  }
}
