import { jest } from '@jest/globals';
import { streams } from '@handover/contracts';
import { VirtualClock, type Json } from '@handover/kernel';
import { openViews, UnknownTopic, type Bus, type Platform, type Views } from '@handover/platform';
import { aPlatform, until } from '@handover/platform/testing';
import { OutcomesPublisher } from './outcomes-publisher.js';
import { outcomesView } from './outcomes-view.js';
import { at, cameBack, noon, terms, type Told } from '../testing/kept-callback.js';

describe('publishing outcomes', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits longer and longer while it fails, and tries soon again after a success', async () => {
    const platform = await aPlatform({ clock: new VirtualClock(0) });
    jest.useFakeTimers();
    let tries = 0;
    let isFailing = true;
    const { store, bus, clock, log } = platform;
    const views = openViews({ store, log });
    const publisher = new OutcomesPublisher(store, bus, views, clock, log);
    jest.spyOn(publisher, 'publishChanged').mockImplementation(async () => {
      tries += 1;
      if (isFailing) throw new UnknownTopic('outcomes');
    });
    publisher.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(tries).toBe(10);

    isFailing = false;
    await jest.advanceTimersByTimeAsync(10_000);
    tries = 0;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(tries).toBe(4);
    await publisher.beforeApplicationShutdown();
    jest.useRealTimers();
    await views.stop();
    await platform.close();
  });
});

const requested = (handoverId: string): Told => [
  streams.handover(handoverId),
  'HandoverRequested',
  { ...terms, handoverId, conversationId: handoverId, urgency: 'normal', issue: { type: 'billing-dispute' } },
  0,
];
describe('records of outcomes', () => {
  let platform: Platform;
  let views: Views;
  let stored = 0;
  const tell = async (events: readonly Told[]): Promise<void> => {
    for (const [stream, type, data, minutes] of events) {
      const metadata = { correlationId: 'h', causationId: 'test', schemaVersion: 1, recordedAt: at(minutes) };
      const id = `00000000-0000-4000-8000-${String(++stored).padStart(12, '0')}`;
      await platform.store.append(stream, [{ id, type, data: data as Json, metadata }], 'any');
    }
    await until(() => views.status().every(({ eventsApplied }) => eventsApplied === stored));
  };
  const aPublisher = (publish: Bus['publish']): OutcomesPublisher => {
    const bus = { ...platform.bus, publish };
    return new OutcomesPublisher(platform.store, bus, views, platform.clock, platform.log);
  };

  beforeEach(async () => {
    stored = 0;
    platform = await aPlatform({ clock: new VirtualClock(noon) });
    views = openViews({ store: platform.store, log: platform.log });
    await views.run(outcomesView);
  });
  afterEach(async () => {
    await views.stop();
    await platform.close();
  });

  it('all go out that one event changed, however many they are', async () => {
    await tell(Array.from({ length: 501 }, (_, index) => requested(`h${index}`)));
    const published: string[] = [];
    const publisher = aPublisher(async (messages) => {
      for (const { key } of messages) published.push(key);
    });
    for (let times = 0; times < 2; times += 1) await publisher.publishChanged();
    published.length = 0;
    await tell([cameBack]);
    for (let times = 0; times < 2; times += 1) await publisher.publishChanged();
    expect(new Set(published).size).toBe(501);
  });

  it('end with the latest, when another process published a later one meanwhile', async () => {
    await tell([requested('h1')]);
    const records: unknown[] = [];
    const publish: Bus['publish'] = async (messages) => {
      for (const { value } of messages) records.push(JSON.parse(String(value)));
    };
    const quick = aPublisher(publish);
    let isFirst = true;
    const slow = aPublisher(async (messages) => {
      if (isFirst) {
        isFirst = false;
        await tell([cameBack]);
        await quick.publishChanged();
      }
      await publish(messages);
    });
    await slow.publishChanged();
    await slow.publishChanged();
    expect(records.at(-1)).toMatchObject({ handoverId: 'h1', repeatContact: true });
  });
});
