import { type Instant } from '@handover/kernel';
import { type Answer, type CallOptions, callHttp } from './api.js';
import { type ServiceProcess } from './process.js';

export const services = ['intake', 'capacity', 'reservation', 'dialing', 'analytics'] as const;
export type Service = (typeof services)[number];

/** The running system, as a journey sees it: whatever it is made of. */
export interface System {
  readonly name: string;
  /** Domain time now, by the clock that all its processes share. */
  now(): Instant;
  /** How many domain milliseconds pass in one of wall time. */
  readonly speed: number;
  /** Where a path is answered. */
  urlOf(path: string): string;
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    options?: CallOptions,
  ): Promise<Answer<Body>>;
  /** kill -9 of the process that runs the service, and a new start; resolves when it is ready again. */
  restart(service: Service): Promise<void>;
  stop(): Promise<void>;
}

/** A system of this machine, whose processes and files can be looked at. */
export interface LocalSystem extends System {
  /** The SQLite file that is its event store. */
  readonly storeFile: string;
  /** `HANDOVER_BUS`. */
  readonly bus: string;
  /** Where an embedded bus has its log. */
  readonly dataDirectory: string;
  readonly processes: readonly ServiceProcess[];
}

/** A system's `call`, over HTTP. */
export const callOver =
  (urlOf: System['urlOf']): System['call'] =>
  (method, path, options) =>
    callHttp(method, urlOf(path), options);

/** Which service answers a path: the same order as the standalone's. */
const routes: readonly (readonly [RegExp, Service])[] = [
  [/^\/v1\/handovers\/[^/]+\/history/, 'analytics'],
  [/^\/v1\/(metrics|outcomes|surveys)\b/, 'analytics'],
  [/^\/v1\/agents\/[^/]+\/briefings/, 'dialing'],
  [/^\/v1\/callbacks\b/, 'dialing'],
  [/^\/v1\/(appointments|slots)\b/, 'reservation'],
  [/^\/v1\/pools\/[^/]+\/(appointments|book)\b/, 'reservation'],
  [/^\/v1\/(pools|agents|shifts)\b/, 'capacity'],
  [/^\/v1\/(conversations|handovers)\b/, 'intake'],
];

/** @throws Error if no service has that path */
export function serviceOf(path: string): Service {
  const found = routes.find(([pattern]) => pattern.test(path));
  if (!found) throw new Error(`No service answers ${path}`);
  return found[1];
}
