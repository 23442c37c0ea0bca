// A process that folds a log into a view, and kills itself at the n-th event that it folds:
// node folding-process.js <store URL> <directory> <n> [replay]. With 0 it lives, until it is level with the log, and has
// replayed the view if that is asked for.
import { VirtualClock } from '@handover/kernel';
import { pino } from 'pino';
import { openEventStore } from '../../event-store/open.js';
import { openViews } from '../open-views.js';
import { orders } from './orders.js';

const [url = '', directory = '', killAt = '0', then] = process.argv.slice(2);
const store = await openEventStore(url, new VirtualClock(0));
const views = openViews({ store, directory, log: pino({ level: 'silent' }) });
let left = Number(killAt);

await views.run(
  orders({
    apply: (event, view) => {
      orders().apply(event, view);
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
    },
  }),
);
if (then === 'replay') await views.replay('orders', 'blue-green');
await views.stop();
await store.close();
