// A group's member as a process of its own, to be killed: prints each message that it has handled.
import { setTimeout as after } from 'node:timers/promises';
import { kafkaBus } from '../kafka/kafka-bus.js';
import { kafkaConnection, openBus } from '../open-bus.js';

const [url = '', dataDirectory = '', topic = '', group = '', eachMs = '0'] = process.argv.slice(2);
const clientId = `member-${process.pid}`;
// A short session, so that the test need not wait long for the group to miss a member that was killed.
const bus = url.startsWith('kafka:')
  ? kafkaBus({ ...kafkaConnection(url), clientId, sessionTimeoutMs: 3_000 })
  : openBus(url, { dataDirectory, clientId });
const consumer = bus.subscribe({
  group,
  topics: [topic],
  handler: async ({ key, value }) => {
    await after(Number(eachMs));
    process.stdout.write(`${key} ${String(value)}\n`);
  },
});
await consumer.ready;
process.stdout.write('ready\n');
