import { hostname } from 'node:os';
import { join } from 'node:path';
import { misspeltVariables } from './config-names.js';

/** How one process is set up; read from the environment by `configFromEnvironment`. docs/configuration.md names every variable. */
export interface Config {
  /** `HANDOVER_STORE`: `sqlite:<file>`, `esdb://…`, `esdb+discover://…` or `memory:`; default `sqlite:<data>/handover.db`. */
  readonly store: string;
  /** `HANDOVER_BUS`: `embedded:` (its log is `<data>/bus.db`; `embedded:memory` keeps it in memory) or `kafka://h1:9092,h2:9092` (`kafka+tls://user:password@…` with TLS); default `embedded:`. */
  readonly bus: string;
  /** `HANDOVER_DATA`: directory of everything this process stores; default `./data`. */
  readonly dataDirectory: string;
  /** `HANDOVER_HOST`; default `127.0.0.1`. */
  readonly host: string;
  /** `HANDOVER_PORT`; default 3000 for the standalone, 3001–3005 for intake, capacity, reservation, dialing, analytics. 0 takes a free one. */
  readonly port: number;
  /** `HANDOVER_CLOCK`: `system` or `scaled:<wall epoch ms>,<domain epoch ms>,<speed>`; default `system`. */
  readonly clock: string;
  /** `HANDOVER_LOG`: pino level; default `info`. */
  readonly logLevel: string;
  /** `HANDOVER_INSTANCE`: name of this process in leases, consumer groups and logs; default `<host name>-<pid>`. */
  readonly instance: string;
  /** `HANDOVER_REPLY_BUDGET_MS`: how long intake waits for reservation's answer (wall time); default 2500. */
  readonly replyBudgetMs: number;
  /** `HANDOVER_TELEPHONY`: `simulator:` with options as a query, e.g. `simulator:?no-answer=0.2`; default `simulator:`. */
  readonly telephony: string;
  /** `HANDOVER_SAMPLE`: `on` creates a sample centre in an empty log; default `on` for the standalone, else `off`. */
  readonly sample: boolean;
  /** `HANDOVER_ROUTING`: JSON file with the rules that map issues to pools and skills; default: the built-in rules, said as an empty text. */
  readonly routing: string;
  /** `HANDOVER_TOPICS`: `apply` creates missing topics at start, `verify` only reports them; default `apply` on the embedded bus, else `verify`. */
  readonly topics: 'apply' | 'verify';
  /** `HANDOVER_STOP_MS`: how long a graceful stop may take before the process exits anyway; default 15000. */
  readonly stopMs: number;
}

/** The environment breaks a rule; the message names each variable and its rule, never the value (it may hold a password). */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** How one variable is read: the pattern of its text and what it means. */
interface Variable<Value> {
  readonly name: string;
  readonly rule: string;
  readonly pattern: RegExp;
  readonly read: (text: string) => Value;
}

const text = (name: string, rule: string, pattern: RegExp): Variable<string> => ({
  name,
  rule,
  pattern,
  read: (value) => value,
});
const whole = (name: string, least: number, most: number): Variable<number> => ({
  name,
  rule: `a whole number from ${least} to ${most}`,
  pattern: /^\d{1,9}$/,
  read: (value) => {
    if (Number(value) < least || Number(value) > most) throw new RangeError(name);
    return Number(value);
  },
});

/** Every variable of the environment, by the setting that it gives. */
export const variables: { readonly [Key in keyof Config]: Variable<Config[Key]> } = {
  store: text(
    'HANDOVER_STORE',
    'sqlite:<file>, esdb://…, esdb+discover://… or memory:',
    /^(sqlite:.+|esdb(\+discover)?:\/\/.+|memory:)$/,
  ),
  bus: text(
    'HANDOVER_BUS',
    'embedded:, embedded:memory, kafka://<host>:<port>,… or kafka+tls://<user>:<password>@<host>:<port>,…',
    /^(embedded:(memory)?|kafka(\+tls)?:\/\/.+)$/,
  ),
  dataDirectory: text('HANDOVER_DATA', 'a directory', /^.+$/),
  host: text('HANDOVER_HOST', 'a host name or address', /^[A-Za-z0-9.:_-]+$/),
  port: whole('HANDOVER_PORT', 0, 65_535),
  clock: text(
    'HANDOVER_CLOCK',
    'system or scaled:<wall epoch ms>,<domain epoch ms>,<speed>',
    /^(system|scaled:\d+,\d+,\d+(\.\d+)?)$/,
  ),
  logLevel: text(
    'HANDOVER_LOG',
    'trace, debug, info, warn, error, fatal or silent',
    /^(trace|debug|info|warn|error|fatal|silent)$/,
  ),
  instance: text('HANDOVER_INSTANCE', '1–100 letters, digits and . _ -', /^[A-Za-z0-9._-]{1,100}$/),
  replyBudgetMs: whole('HANDOVER_REPLY_BUDGET_MS', 50, 60_000),
  telephony: text('HANDOVER_TELEPHONY', '<adapter>:<options>, as simulator:?no-answer=0.2', /^[a-z]+:.*$/),
  sample: {
    name: 'HANDOVER_SAMPLE',
    rule: 'on or off',
    pattern: /^(on|off)$/,
    read: (value) => value === 'on',
  },
  routing: text('HANDOVER_ROUTING', 'a file', /^.+$/),
  topics: {
    name: 'HANDOVER_TOPICS',
    rule: 'apply or verify',
    pattern: /^(apply|verify)$/,
    read: (value) => (value === 'apply' ? 'apply' : 'verify'),
  },
  stopMs: whole('HANDOVER_STOP_MS', 100, 600_000),
};

/** The event store of a process that is given none: a file in its own data directory. */
export const ownStore = (dataDirectory: string): string => `sqlite:${join(dataDirectory, 'handover.db')}`;

/** What holds where neither the environment nor the caller says anything. */
function fallbacks(dataDirectory: string, bus: string): Config {
  return {
    store: ownStore(dataDirectory),
    bus,
    dataDirectory,
    host: '127.0.0.1',
    port: 3000,
    clock: 'system',
    logLevel: 'info',
    instance: `${hostname().replace(/[^A-Za-z0-9._-]/g, '-')}-${process.pid}`.slice(-100),
    replyBudgetMs: 2_500,
    telephony: 'simulator:',
    sample: false,
    routing: '',
    topics: bus.startsWith('embedded:') ? 'apply' : 'verify',
    stopMs: 15_000,
  };
}

/**
 * The process's configuration: the environment's variables first, then `defaults`, then what docs/configuration.md says.
 * An empty variable counts as absent.
 * @throws ConfigError that names every variable that breaks its rule, and every one of ours that is not known
 */
export function configFromEnvironment(
  defaults: Partial<Config> = {},
  environment: NodeJS.ProcessEnv = process.env,
): Config {
  const wrong = misspeltVariables(
    environment,
    Object.values(variables).map(({ name }) => name),
  );
  const given = <Key extends keyof Config>(key: Key): Partial<Pick<Config, Key>> => {
    const { name, rule, pattern, read } = variables[key];
    const value = environment[name]?.trim();
    if (!value) return {};
    try {
      if (!pattern.test(value)) throw new RangeError(name);
      return { [key]: read(value) } as Partial<Pick<Config, Key>>;
    } catch {
      wrong.push(`${name} must be ${rule}.`);
      return {};
    }
  };
  const keys = Object.keys(variables) as (keyof Config)[];
  const said: Partial<Config> = Object.assign({}, defaults, ...keys.map(given));
  if (wrong.length > 0) throw new ConfigError(wrong.join(' '));
  return { ...fallbacks(said.dataDirectory ?? './data', said.bus ?? 'embedded:'), ...said };
}
