import { seededRandom } from '@handover/kernel';
import { openBus } from '@handover/platform';
import { describeWith, startKafkaProcess } from '@handover/platform/testing';
import { witness } from './chaos/acknowledged.js';
import { findingsOf } from './chaos/findings.js';
import { rage } from './chaos/kills.js';
import { countOf, readLog } from './chaos/log.js';
import { unanswered } from './chaos/lost.js';
import { Traffic } from './chaos/traffic.js';
import { acceptsWithoutBroker } from './chaos/without-broker.js';
import { aCentre } from './system/centre.js';
import { closeDesks, openDesk } from './system/desk.js';
import { startFleet } from './system/fleet.js';
import { until } from './system/until.js';

// CHAOS_SEED=7 CHAOS_KILLS=200 npm run chaos
const { CHAOS_SEED, CHAOS_KILLS = '50' } = process.env;
const seed = Number(CHAOS_SEED ?? Date.now() % 1_000_000);
const kills = Number(CHAOS_KILLS);
const brokerKills = Math.max(3, Math.round(kills / 16));
const speed = 30;
/** Where partitions change hands, and leases: a second process of those that write most. */
const instances = { intake: 2, reservation: 2 };
// Generous, for machines that do much else: on two idle cores all of it takes about two minutes.
const readyWithinMs = 120_000;
const progressWithinMs = 120_000;
const drainedWithinMs = 120_000;
const allWithinMs = 600_000 + 5_000 * kills;
/** Short slots, offered within the hour: what is promised during the test falls due during the test. */
const busyCentre = {
  agents: 12,
  settings: { slotMinutes: 2, handleSeconds: 120, holdSeconds: 300, horizonHours: 1 },
};

/** Somebody was given an appointment, and somebody was called, since it was last asked. */
function newWork(storeFile: string): () => Promise<void> {
  const done = (): number =>
    Math.min(countOf(storeFile, 'AppointmentConfirmed'), countOf(storeFile, 'AttemptStarted'));
  let before = 0;
  return async () => {
    await until(
      'an appointment is made and a caller is dialled',
      async () => done() > before,
      progressWithinMs,
    );
    before = done();
  };
}

/** Resolves when every question in the log has its answer, or after long enough: the findings tell what is missing. */
const drained = (storeFile: string): Promise<unknown> =>
  until(
    'traffic has drained',
    async () => unanswered(readLog(storeFile)).length === 0,
    drainedWithinMs,
  ).catch(() => undefined);

await describeWith('the chaos', startKafkaProcess, (broker) => {
  it(
    `${kills} times kill -9 over seven processes and their broker: nothing lost, silent, reordered, doubled, overbooked, parked (CHAOS_SEED=${seed})`,
    async () => {
      const random = seededRandom(seed);
      const brokers = `127.0.0.1:${broker.port}?session-timeout-ms=2000`;
      const fleet = await startFleet({ speed, brokers, instances });
      const bus = openBus(`kafka://${brokers}`, { dataDirectory: '.', clientId: 'chaos' });
      const { system, acknowledged, requests, retries, giveUp } = witness(fleet);
      let traffic: Traffic | undefined;
      try {
        const centres = [await aCentre(system, busyCentre), await aCentre(system, busyCentre)];
        for (const centre of centres) openDesk(system, centre);
        traffic = new Traffic(system, centres, seededRandom(random.next() * 2 ** 32));
        const progress = newWork(fleet.storeFile);
        const withoutBroker = async (): Promise<void> => {
          for (const centre of centres) await acceptsWithoutBroker(fleet, system, centre);
        };

        const killed = await rage({ fleet, broker, random, kills, brokerKills, progress, withoutBroker });
        await Promise.all(fleet.processes.map((process) => process.ready(readyWithinMs)));
        await traffic.stop();
        await drained(fleet.storeFile);
        await closeDesks();

        const { found, events, messages } = await findingsOf(fleet, bus, acknowledged);
        const list = (counts: Iterable<readonly [string, number]>): string =>
          [...counts].map(([what, count]) => `${what} ${count}`).join(', ');
        console.log(
          `chaos seed ${seed}: ${killed.total} times kill -9 (${list(killed.byVictim)}), ${killed.leaders} of them on the ` +
            `holder of a relay's lease; ${requests()} requests (${retries()} retries), ${acknowledged.length} acknowledged, ` +
            `${events} events, ${messages} messages; ` +
            list(Object.entries(found).map(([what, lines]) => [what, lines.length])),
        );
        expect(found).toEqual(Object.fromEntries(Object.keys(found).map((what) => [what, []])));
        expect(killed.total).toBeGreaterThanOrEqual(kills);
        expect(killed.byVictim.get('broker')).toBeGreaterThanOrEqual(brokerKills);
      } finally {
        giveUp();
        await traffic?.stop().catch(() => undefined);
        await closeDesks();
        await bus.close();
        await fleet.stop();
      }
    },
    allWithinMs,
  );
});
