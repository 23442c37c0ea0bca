import { openBus, openEventStore, systemClock } from '@handover/platform';
import { describeWith, startKafkaProcess } from '@handover/platform/testing';
import { ofType } from './chaos/log.js';
import { Owners, type Owner } from './rebalance/owners.js';
import { Pools } from './rebalance/pools.js';
import { answeredTwice, audited, decidedTooLate, epochsFallen, handovers } from './rebalance/verdict.js';
import { until } from './system/until.js';

const zombies: readonly Owner[] = ['one', 'two', 'one'];
const killed: readonly Owner[] = ['two', 'one'];

await describeWith('two owners of a pool during a rebalance', startKafkaProcess, (broker) => {
  it('never both win: processes that sleep beyond their session, wake up, die and join', async () => {
    const url = `kafka://127.0.0.1:${broker.port}?session-timeout-ms=2000`;
    const owners = await Owners.start(url);
    const store = await openEventStore(`sqlite:${owners.storeFile}`, systemClock());
    const bus = openBus(url, { dataDirectory: '.', clientId: 'rebalance' });
    try {
      const pools = new Pools(bus, store, () => owners.log());
      for (const pool of pools.names) await pools.project(pool, 3);
      pools.begin();
      for (const owner of zombies) await owners.makeZombie(owner);
      for (const owner of killed) await owners.killAndJoin(owner, pools.names);
      await pools.end();
      await until('everything asked is answered', async () => pools.unanswered().length === 0, 60_000);

      const log = owners.log();
      const diary = owners.diary();
      const refused = diary.filter(({ did }) => did === 'refused').length;
      const decisions = log.filter(
        ({ type, stream }) => stream.startsWith('slotbook-') && type !== 'BookOpened',
      );
      const stored = diary.flatMap((line) => (line.did === 'stored' ? line.ids : []));
      console.log(
        `${handovers(log)} changes of owner, ${zombies.length} zombies, ${refused} decisions refused, ` +
          `${decisions.length} stored, ${ofType(log, 'AppointmentConfirmed').length} confirmed`,
      );
      // The fight must have been one, and the diary must know nearly all of it: kill -9 may take a line.
      expect(handovers(log)).toBeGreaterThanOrEqual(2 * (zombies.length + killed.length));
      expect(refused).toBeGreaterThanOrEqual(zombies.length);
      expect(ofType(log, 'AppointmentConfirmed').length).toBeGreaterThan(pools.names.length);
      expect(stored.length).toBeGreaterThan(0.9 * decisions.length);

      expect(audited(log, pools.names)).toEqual([]);
      expect(answeredTwice(log)).toEqual([]);
      expect(epochsFallen(log)).toEqual([]);
      expect(decidedTooLate(log, diary)).toEqual([]);
    } finally {
      await bus.close();
      await store.close();
      await owners.stop();
    }
  }, 300_000);
});
