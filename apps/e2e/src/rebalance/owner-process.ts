// A reservation process that keeps a diary of its appends, and falls asleep before the next decision is stored when it gets
// SIGUSR2: a zombie in the making, which wakes up with SIGCONT and does not know that time has passed.
import { appendFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { reservationService } from '@handover/app-reservation';
import { topicDefinitions } from '@handover/contracts';
import {
  type EventStore,
  RevisionConflict,
  configFromEnvironment,
  openPlatform,
  runProcess,
  serve,
} from '@handover/platform';
import { type DiaryLine } from './diary.js';

const { OWNER_DIARY = '' } = process.env;
const write = (line: DiaryLine): void => appendFileSync(OWNER_DIARY, `${JSON.stringify(line)}\n`);

let sleepy = false;
process.on('SIGUSR2', () => {
  sleepy = true;
});

const epochs = new Map<string, number>();

/** Between the decision and its append, and in no transaction of the store: that would lock out everybody else too. */
async function sleepIfAsked(stream: string, epoch: number): Promise<void> {
  if (!sleepy) return;
  sleepy = false;
  await turn();
  write({ did: 'asleep', stream, epoch });
  process.kill(process.pid, 'SIGSTOP');
}

const observed = (store: EventStore): EventStore['append'] =>
  async function append(stream, events, expected) {
    const [first] = events;
    if (!stream.startsWith('slotbook-') || !first) return store.append(stream, events, expected);
    if (first.type === 'BookOpened') {
      const result = await store.append(stream, events, expected);
      epochs.set(stream, Number((first.data as { epoch?: unknown }).epoch));
      return result;
    }
    const epoch = epochs.get(stream) ?? 0;
    await sleepIfAsked(stream, epoch);
    try {
      const result = await store.append(stream, events, expected);
      // Stored before, by whoever has the book now: the desk takes that for a refusal, and rightly so.
      if (result.repeated) write({ did: 'refused', stream, epoch });
      else write({ did: 'stored', stream, epoch, ids: events.map(({ id }) => id) });
      return result;
    } catch (fault) {
      if (fault instanceof RevisionConflict) write({ did: 'refused', stream, epoch });
      throw fault;
    }
  };

await runProcess('owner', async () => {
  const config = configFromEnvironment();
  const platform = await openPlatform(config, 'owner');
  platform.store.append = observed({ ...platform.store, append: platform.store.append.bind(platform.store) });
  return serve(reservationService, platform, config, topicDefinitions);
});
