import { join } from 'node:path';
import { type Clock } from '@handover/kernel';
import { type Logger } from 'pino';
import { embeddedBus } from './embedded/embedded-bus.js';
import { type KafkaBusOptions, kafkaBus } from './kafka/kafka-bus.js';
import { type Bus } from './port.js';

export interface OpenBusOptions {
  /** Where an embedded bus keeps its log. */
  readonly dataDirectory: string;
  /** How this process calls itself to Kafka's brokers. */
  readonly clientId: string;
  readonly clock?: Clock;
  readonly log?: Logger;
}

const kafkaUrl =
  /^kafka(?<tls>\+tls)?:\/\/(?:(?<user>[^:@/]+):(?<password>[^@/]+)@)?(?<hosts>[^/?@]+)\/?(?:\?(?<query>.*))?$/;
/** Options that a Kafka URL may have: `?<option>=<value>&…`. */
export const kafkaOptions: readonly string[] = ['mechanism', 'session-timeout-ms'];
const usage =
  '"embedded:", "embedded:memory", "kafka://host:9092,host:9092" or "kafka+tls://user:password@host:9092?mechanism=scram-sha-512"';

/**
 * Opens the bus that a URL names. Kafka's port defaults to 9092, its SASL mechanism to `plain`; user and password are
 * percent-encoded. `?session-timeout-ms=` says how long a member that is gone keeps its partitions from the others.
 * @throws RangeError if the URL names no bus
 * @throws BusUnavailable if an embedded bus's file cannot be opened; a Kafka cluster that is away is waited for
 */
export function openBus(url: string, { dataDirectory, clientId, clock, log }: OpenBusOptions): Bus {
  if (url === 'embedded:memory') return embeddedBus({ file: ':memory:', clock, log });
  if (url === 'embedded:') return embeddedBus({ file: join(dataDirectory, 'bus.db'), clock, log });
  return kafkaBus({ ...kafkaConnection(url), clientId, log });
}

/** @throws RangeError; it does not quote the URL, which may hold a password */
export function kafkaConnection(
  url: string,
): Pick<KafkaBusOptions, 'brokers' | 'tls' | 'sasl' | 'sessionTimeoutMs'> {
  const { tls, user, password, hosts, query } = kafkaUrl.exec(url)?.groups ?? {};
  if (!hosts) throw new RangeError(`Not a bus: give ${usage}.`);
  const brokers = hosts.split(',').map((host) => (/:\d+$/.test(host) ? host : `${host}:9092`));
  const asked = new URLSearchParams(query);
  if ([...asked.keys()].some((option) => !kafkaOptions.includes(option)))
    throw new RangeError(`A kafka:// URL has the options ${kafkaOptions.join(' and ')} and no others.`);
  const sessionTimeoutMs = sessionTimeout(asked.get('session-timeout-ms'));
  const plain = { brokers, ...(tls && { tls: true }), ...(sessionTimeoutMs && { sessionTimeoutMs }) };
  if (user === undefined || password === undefined) return plain;
  const mechanism = asked.get('mechanism') ?? 'plain';
  if (mechanism !== 'plain' && mechanism !== 'scram-sha-256' && mechanism !== 'scram-sha-512')
    throw new RangeError('A SASL mechanism is plain, scram-sha-256 or scram-sha-512.');
  const credentials = { username: decodeURIComponent(user), password: decodeURIComponent(password) };
  // One literal per mechanism, because kafkajs types them apart.
  if (mechanism === 'plain') return { ...plain, sasl: { mechanism, ...credentials } };
  if (mechanism === 'scram-sha-256') return { ...plain, sasl: { mechanism, ...credentials } };
  return { ...plain, sasl: { mechanism, ...credentials } };
}

/** @throws RangeError */
function sessionTimeout(text: string | null): number | undefined {
  if (text === null) return undefined;
  const ms = Number(text);
  if (!Number.isInteger(ms) || ms < 1_000 || ms > 300_000)
    throw new RangeError('session-timeout-ms is a whole number from 1000 to 300000.');
  return ms;
}
