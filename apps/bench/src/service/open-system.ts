import { startFleet, startStandalone, type LocalSystem } from '@handover/app-e2e';
import { startKafkaProcess } from '@handover/platform/testing';

export type BusName = 'embedded' | 'kafka';

/** A system of its own, to be measured. */
export interface Measured {
  readonly system: LocalSystem;
  /** Of every process that works for it, by name. */
  readonly processIds: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const idsOf = ({ processes }: LocalSystem): [string, number][] =>
  processes.map(({ name, pid = 0 }) => [name, pid]);

/** The standalone, or five processes and a Kafka broker, on a clock that runs `speed` times as fast. */
export async function openSystem(bus: BusName, speed: number): Promise<Measured> {
  if (bus === 'embedded') {
    const system = await startStandalone(speed);
    return { system, processIds: new Map(idsOf(system)), stop: () => system.stop() };
  }
  const broker = await startKafkaProcess();
  const system = await startFleet({ speed, brokers: `127.0.0.1:${broker.port}` });
  return {
    system,
    processIds: new Map([...idsOf(system), ['broker', broker.pid]]),
    stop: async () => {
      await system.stop();
      await broker.stop();
    },
  };
}
