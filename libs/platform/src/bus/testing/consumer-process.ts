// A group's member as a process of its own, to be killed: prints each message that it has handled.
import { setTimeout as after } from 'node:timers/promises';
import { openBus } from '../open-bus.js';

const [url = '', dataDirectory = '', topic = '', group = '', eachMs = '0'] = process.argv.slice(2);
const bus = openBus(url, { dataDirectory, clientId: `member-${process.pid}` });
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
