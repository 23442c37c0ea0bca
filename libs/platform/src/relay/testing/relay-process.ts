// A process with one relay, until it is killed: node relay-process.js <store URL> <bus file> <name>.
// It prints `active` each time it takes the lead.
import { systemClock } from '../../clock/clocks.js';
import { pino } from 'pino';
import { embeddedBus } from '../../bus/embedded/embedded-bus.js';
import { machineWall } from '../../clock/wall.js';
import { openEventStore } from '../../event-store/open.js';
import { startRelay } from '../relay.js';
import { publishes } from './a-world.js';

const [url = '', file = '', holder = ''] = process.argv.slice(2);
const relay = startRelay({
  service: 'orders',
  categories: ['order'],
  publishes,
  store: await openEventStore(url, systemClock()),
  bus: embeddedBus({ file }),
  holder,
  wall: machineWall,
  log: pino({ level: 'silent' }),
});

let leads = false;
setInterval(() => {
  const active = relay.status().state === 'active';
  if (active && !leads) process.stdout.write('active\n');
  leads = active;
}, 5);
