import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callHttp, type Answer, type CallOptions } from './api.js';
import { freePorts } from './ports.js';
import { ServiceProcess } from './process.js';
import { scaledTime } from './scaled-time.js';
import { services, serviceOf, type Service, type System } from './system.js';

/** A system of which every process can be killed and started alone. */
export interface Fleet extends System {
  /** The SQLite file that all processes share as their event store. */
  readonly storeFile: string;
  process(service: Service): ServiceProcess;
}

/** Five processes over a Kafka broker, on one SQLite event store. `brokers` as in `HANDOVER_BUS`. */
export async function startFleet(speed: number, brokers: string): Promise<Fleet> {
  const directory = mkdtempSync(join(tmpdir(), 'handover-fleet-'));
  const storeFile = join(directory, 'handover.db');
  const time = scaledTime(speed);
  const ports = await freePorts(services.length);
  const fleet = new Map<Service, ServiceProcess>();
  services.forEach((service, index) => {
    const env = {
      HANDOVER_STORE: `sqlite:${storeFile}`,
      HANDOVER_BUS: `kafka://${brokers}`,
      HANDOVER_TOPICS: 'apply',
      HANDOVER_DATA: join(directory, service),
      HANDOVER_CLOCK: time.setting,
      HANDOVER_TELEPHONY: 'simulator:',
    };
    fleet.set(service, new ServiceProcess(`apps/${service}/dist/main.js`, ports[index] ?? 0, env));
  });
  const processOf = (service: Service): ServiceProcess => {
    const found = fleet.get(service);
    if (!found) throw new Error(`No process runs ${service}`);
    return found;
  };
  for (const process of fleet.values()) process.start();
  const stop = async (): Promise<void> => {
    await Promise.all([...fleet.values()].map((process) => process.kill('SIGTERM')));
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await Promise.all([...fleet.values()].map((process) => process.ready()));
  } catch (fault) {
    await stop();
    throw fault;
  }
  return {
    name: 'five processes over Kafka',
    speed,
    storeFile,
    process: processOf,
    now: time.now,
    call: <Body>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>> =>
      callHttp<Body>(method, `${processOf(serviceOf(path)).url}${path}`, options),
    restart: async (service) => {
      const process = processOf(service);
      await process.kill();
      process.start();
      await process.ready();
    },
    stop,
  };
}
