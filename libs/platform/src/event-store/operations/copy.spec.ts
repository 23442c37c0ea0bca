import { VirtualClock } from '@handover/kernel';
import { memoryEventStore } from '../memory.js';
import { type EventStore, type StoredEvent } from '../port.js';
import { sqliteEventStore } from '../sqlite/store.js';
import { anEvent, events } from '../testing/an-event.js';
import { startEsdbDouble } from '../testing/esdb-double/server.js';
import { esdbEventStore } from '../esdb/store.js';
import { all } from '../testing/until.js';
import { type CopyProgress, copyStore } from './copy.js';
import { CopyMismatch } from './copy-mismatch.js';

const sqlite = () => sqliteEventStore({ file: ':memory:', clock: new VirtualClock(0) });

/** Streams that interleave, one long, with data in every shape. */
async function aSource(store: EventStore = memoryEventStore(new VirtualClock(1_000))): Promise<EventStore> {
  await store.append('agent-1', [anEvent({ data: { name: 'zürich', deep: [{ b: 1, a: null }] } })], 'none');
  for (let first = 0; first < 1_500; first += 500) await store.append('pool-1', events(500, first), 'any');
  for (const id of ['a', 'b', 'a', 'c', 'b']) await store.append(`handover-${id}`, events(2), 'any');
  return store;
}

/** Two stores that hold the same 1,511 events, as a store and its restored backup do. */
async function twins(): Promise<[EventStore, EventStore]> {
  const [one, other] = [await aSource(), sqlite()];
  await copyStore(one, other);
  return [one, other];
}

const contents = async (store: EventStore): Promise<unknown[]> =>
  (await all(store.readAll())).map(({ position: _, ...event }: StoredEvent) => event);

/** A store that fails from the n-th append on, as if the power went. */
const failingAfter = (appends: number, store: EventStore): EventStore =>
  new Proxy(store, {
    get(target, name: keyof EventStore) {
      if (name === 'append' && appends-- <= 0) throw new Error('power cut');
      return target[name].bind(target);
    },
  });

describe('copyStore', () => {
  it('brings every event over: stream, revision, id, data, metadata, order', async () => {
    const [from, to] = [await aSource(), sqlite()];
    const { events: count, hash } = await copyStore(from, to);
    expect(await contents(to)).toEqual(await contents(from));
    expect([count, hash]).toEqual([1_511, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('moves a store to EventStoreDB and back', async () => {
    const double = await startEsdbDouble();
    const server = esdbEventStore({ url: double.url, clock: new VirtualClock(0) });
    const [from, back] = [await aSource(), sqlite()];
    const there = await copyStore(from, server);
    expect(await copyStore(server, back)).toEqual(there);
    expect(await contents(back)).toEqual(await contents(from));
    await server.close();
    await double.vanish();
  });

  it('goes on where it was interrupted, whenever that was', async () => {
    const from = await aSource();
    const to = sqlite();
    for (const appends of [0, 1, 6, 2]) {
      await expect(copyStore(from, failingAfter(appends, to))).rejects.toThrow('power cut');
    }
    const seen: CopyProgress[] = [];
    await copyStore(from, to, { onProgress: (progress) => seen.push(progress) });
    expect(seen.find(({ phase }) => phase === 'copying')?.events).toBeGreaterThan(1_000);
    expect(await contents(to)).toEqual(await contents(from));
  });

  it('brings over what came since, when called again', async () => {
    const [from, to] = [await aSource(), sqlite()];
    await copyStore(from, to);
    await from.append('handover-a', events(3), 'any');
    expect(await copyStore(from, to)).toMatchObject({ events: 1_514 });
    expect(await contents(to)).toEqual(await contents(from));
  });

  it('tells how far it is, up to the end', async () => {
    const [from, to] = [await aSource(), sqlite()];
    const seen: CopyProgress[] = [];
    await copyStore(from, to, { onProgress: (progress) => seen.push(progress) });
    for (const phase of ['copying', 'verifying'] as const) {
      const shares = seen.filter((progress) => progress.phase === phase).map(({ share }) => share);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBe(1);
    }
  });

  it('refuses a target that holds anything else', async () => {
    const from = await aSource();
    const other = sqlite();
    await other.append('handover-a', events(1), 'none');
    await expect(copyStore(from, other)).rejects.toBeInstanceOf(CopyMismatch);

    const copyOfAnother = sqlite();
    await copyStore(await aSource(), copyOfAnother);
    await expect(copyStore(from, copyOfAnother)).rejects.toBeInstanceOf(CopyMismatch);
  });

  it('refuses a source that has less than was copied before, and writes nothing', async () => {
    const [[from, longer], to] = [await twins(), sqlite()];
    await longer.append('handover-z', events(4), 'none');
    await copyStore(longer, to);
    await expect(copyStore(from, to)).rejects.toThrow(
      /^The source ends after 1511 events; event 1512 of the target is .* \(handover-z@0\)\.$/,
    );
  });

  it('refuses a source that went another way since, names where, and writes nothing', async () => {
    const [[from, diverged], to] = [await twins(), sqlite()];
    await from.append('handover-a', events(1), 'any');
    await copyStore(from, to);
    const copied = await contents(to);
    await diverged.append('handover-y', events(9), 'none');
    await expect(copyStore(diverged, to)).rejects.toThrow(
      /^Event 1512 differs: .* \(handover-y@0\) in the source, .* \(handover-a@4\) in the target\.$/,
    );
    expect(await contents(to)).toEqual(copied);
  });

  it('finds events that someone else wrote into the copy', async () => {
    const [from, to] = [await aSource(), sqlite()];
    await copyStore(from, to);
    await to.append('handover-a', events(1), 'any');
    await expect(copyStore(from, to)).rejects.toThrow(
      /^The source ends after 1511 events; event 1512 of the target is .* \(handover-a@4\)\.$/,
    );
  });

  it('finds an event that the target does not give back as it was', async () => {
    const to = sqlite();
    const forging: EventStore = new Proxy(to, {
      get: (target, name: keyof EventStore) => (name === 'readAll' ? forged : target[name].bind(target)),
    });
    async function* forged(): AsyncIterable<StoredEvent> {
      for await (const event of to.readAll())
        yield event.stream === 'agent-1' ? { ...event, data: 'forged' } : event;
    }
    await expect(copyStore(await aSource(), forging)).rejects.toThrow(
      /^Event 1 differs in its content: .* \(agent-1@0\)\.$/,
    );
  });

  it('gives relays the same place in the copy', async () => {
    const [from, to] = [await aSource(), sqlite()];
    const log = await all(from.readAll());
    const lease = (index: number) => ({ holder: null, position: log[index]?.position ?? null });
    await from.writeRegister('relay-intake', lease(700), 'none');
    await from.writeRegister('relay-dialing', lease(log.length - 1), 'none');
    await from.writeRegister('relay-idle', { holder: null, position: null }, 'none');
    await from.writeRegister('outcomes', log[2]?.position ?? '', 'none');
    await copyStore(from, to, {
      checkpoints: ['relay-intake', 'relay-dialing', 'relay-idle', 'outcomes', 'none'],
    });

    const copied = await all(to.readAll());
    const at = (index: number) => ({ holder: null, position: copied[index]?.position });
    expect((await to.readRegister('relay-intake'))?.value).toEqual(at(700));
    expect((await to.readRegister('relay-dialing'))?.value).toEqual(at(log.length - 1));
    expect((await to.readRegister('relay-idle'))?.value).toEqual({ holder: null, position: null });
    expect((await to.readRegister('outcomes'))?.value).toBe(copied[2]?.position);
    expect(await to.readRegister('none')).toBeUndefined();
  });

  it('of an empty store is an empty store', async () => {
    const [from, to] = [sqlite(), sqlite()];
    expect(await copyStore(from, to)).toEqual({ events: 0, hash: '' });
    await to.append('handover-a', events(1), 'none');
    await expect(copyStore(from, to)).rejects.toBeInstanceOf(CopyMismatch);
  });
});
