import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Kafka, type ISocketFactory, type SASLOptions, logLevel } from 'kafkajs';
import { type Logger } from 'pino';
import { mendIdleRequestQueues } from './idle-request-queue.js';

export interface KafkaConnection {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly tls?: boolean;
  readonly sasl?: SASLOptions;
  readonly log: Logger;
}

/** kafkajs leaves Nagle's algorithm on: a small request may then wait 40 ms for an acknowledgement. */
const withoutDelay: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const socket = ssl
    ? connectTls({ host, port, ...(!isIP(host) && { servername: host }), ...ssl }, onConnect)
    : connectTcp({ host, port }, onConnect);
  return socket.setNoDelay(true).setKeepAlive(true, 60_000);
};

/** kafkajs calls an error what it then retries by itself, many times a second; what ends a session we log ourselves. */
const levels = {
  [logLevel.NOTHING]: 'silent',
  [logLevel.ERROR]: 'debug',
  [logLevel.WARN]: 'debug',
  [logLevel.INFO]: 'trace',
  [logLevel.DEBUG]: 'trace',
} as const;

export function kafkaClient({ brokers, clientId, tls, sasl, log }: KafkaConnection): Kafka {
  mendIdleRequestQueues();
  const ours = log.child({ library: 'kafkajs' });
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ssl: tls,
    sasl,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 },
    socketFactory: withoutDelay,
    logLevel: logLevel.INFO,
    logCreator:
      () =>
      ({ level, namespace, log: { message, error, groupId } }) =>
        ours[levels[level]]({ namespace, error, groupId }, message),
  });
}
