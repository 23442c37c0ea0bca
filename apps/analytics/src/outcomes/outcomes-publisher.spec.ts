import { jest } from '@jest/globals';
import { VirtualClock } from '@handover/kernel';
import { openViews, UnknownTopic } from '@handover/platform';
import { aPlatform } from '@handover/platform/testing';
import { OutcomesPublisher } from './outcomes-publisher.js';

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
