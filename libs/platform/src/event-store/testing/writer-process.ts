// A process that appends to a store until it has written enough or is killed: node writer-process.js <store URL> <name> <count>.
// It prints the number of each event after its append was acknowledged.
import { idFrom, VirtualClock } from '@handover/kernel';
import { RevisionConflict } from '../faults.js';
import { openEventStore } from '../open.js';
import { type Revision } from '../port.js';
import { anEvent } from './an-event.js';

const [url = '', name = '', count = '0'] = process.argv.slice(2);
const store = await openEventStore(url, new VirtualClock(0));

async function lastRevision(stream: string): Promise<Revision | 'none'> {
  for await (const { revision } of store.readStream(stream, { backwards: true, limit: 1 })) return revision;
  return 'none';
}

/** As a decider does: load, decide, append with the expected revision, again if another writer was first. */
async function appendDecided(stream: string, number: number): Promise<void> {
  const event = anEvent({ id: idFrom(name, stream, number), data: { writer: name, number } });
  for (;;) {
    try {
      await store.append(stream, [event], await lastRevision(stream));
      return;
    } catch (fault) {
      if (!(fault instanceof RevisionConflict)) throw fault;
    }
  }
}

for (let number = 0; number < Number(count); number += 1) {
  await Promise.all([appendDecided(`own-${name}`, number), appendDecided('contended-1', number)]);
  process.stdout.write(`${number}\n`);
}
await store.close();
