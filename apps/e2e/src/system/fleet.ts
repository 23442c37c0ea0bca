import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './ports.js';
import { ServiceProcess } from './process.js';
import { scaledTime } from './scaled-time.js';
import { callOver, type LocalSystem, type Service, serviceOf, services } from './system.js';

/** A system of which every process can be killed and started alone. */
export interface Fleet extends LocalSystem {
  /** Those of one service, named `intake-1`, `intake-2`, …. */
  processesOf(service: Service): readonly ServiceProcess[];
}

export interface FleetOptions {
  readonly speed: number;
  /** As in `HANDOVER_BUS`. */
  readonly brokers: string;
  /** Processes of a service, where there is more than one. */
  readonly instances?: Partial<Record<Service, number>>;
}

/** The five services as processes over a Kafka broker, on one SQLite event store. */
export async function startFleet({ speed, brokers, instances = {} }: FleetOptions): Promise<Fleet> {
  const directory = mkdtempSync(join(tmpdir(), 'handover-fleet-'));
  const storeFile = join(directory, 'handover.db');
  const bus = `kafka://${brokers}`;
  const time = scaledTime(speed);
  const names = services.map((service) =>
    Array.from({ length: instances[service] ?? 1 }, (_, index) => `${service}-${index + 1}`),
  );
  const ports = await freePorts(names.flat().length);
  const begin = (service: Service, name: string): ServiceProcess =>
    new ServiceProcess(name, `apps/${service}/dist/main.js`, ports.pop() ?? 0, {
      HANDOVER_STORE: `sqlite:${storeFile}`,
      HANDOVER_BUS: bus,
      HANDOVER_TOPICS: 'apply',
      HANDOVER_DATA: join(directory, name),
      HANDOVER_CLOCK: time.setting,
      HANDOVER_TELEPHONY: 'simulator:',
    });
  const fleet = new Map(
    services.map((service, index) => [service, (names[index] ?? []).map((name) => begin(service, name))]),
  );
  const processesOf = (service: Service): readonly ServiceProcess[] => fleet.get(service) ?? [];
  const processes = [...fleet.values()].flat();
  for (const process of processes) process.start();
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map((process) => process.kill('SIGTERM')));
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await Promise.all(processes.map((process) => process.ready()));
  } catch (fault) {
    await stop();
    throw fault;
  }
  const turns = inTurns(processesOf);
  const urlOf = (path: string): string => `${turns(serviceOf(path))}${path}`;
  return {
    name: 'five services over Kafka',
    speed,
    storeFile,
    bus,
    dataDirectory: directory,
    processes,
    processesOf,
    now: time.now,
    urlOf,
    call: callOver(urlOf),
    restart: async (service) => {
      for (const process of processesOf(service)) await process.kill();
      for (const process of processesOf(service)) process.start();
      for (const process of processesOf(service)) await process.ready();
    },
    stop,
  };
}

/** As a load balancer does: the processes of a service that run, one after the other. */
function inTurns(processesOf: Fleet['processesOf']): (service: Service) => string {
  let calls = 0;
  return (service) => {
    const all = processesOf(service);
    const running = all.filter(({ ended }) => !ended);
    const choice = running.length > 0 ? running : all;
    return choice[calls++ % choice.length]?.url ?? '';
  };
}
