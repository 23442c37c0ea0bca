import { Controller, Get, Module } from '@nestjs/common';
import { BusUnavailable } from '../bus/faults.js';
import { type Bus, type BusConsumer } from '../bus/port.js';
import { embeddedBus } from '../bus/embedded/embedded-bus.js';
import { until } from '../event-store/testing/until.js';
import { type Readiness, type ReadinessChecks } from '../health/readiness.js';
import { type Platform } from '../platform.js';
import { type Projection } from '../projections/port.js';
import { aPlatform } from '../testing/a-platform.js';
import { type ServiceDefinition } from './service.js';
import { type RunningService, startService } from './start-service.js';
import { greetings, greetingTopics } from './testing/greetings.js';

const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };

/** A bus whose broker is away until `arrive` is called, and again after `leave`. */
function awayBus(): { bus: Bus; arrive(): void; leave(): void } {
  const real = embeddedBus({ file: ':memory:' });
  let away = true;
  let arrived = (): void => undefined;
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const bus: Bus = {
    publish: (messages) => (away ? Promise.reject(new BusUnavailable('no broker')) : real.publish(messages)),
    subscribe: (options) => {
      let inner: BusConsumer | undefined;
      const ready = arrival.then(() => {
        inner = real.subscribe(options);
        return inner.ready;
      });
      return {
        ready,
        healthy: () => !away || !inner,
        status: () => real.subscribe(options).status(),
        stop: async () => inner?.stop(),
      };
    },
    browse: (...call) => real.browse(...call),
    offsets: (...call) => real.offsets(...call),
    topics: () => real.topics(),
    applyTopics: (...call) => real.applyTopics(...call),
    consumers: () => [],
    close: () => real.close(),
  };
  return {
    bus,
    arrive: () => {
      away = false;
      arrived();
    },
    leave: () => {
      away = true;
    },
  };
}

describe('a service', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const platformWith = async (parts: Parameters<typeof aPlatform>[0] = {}): Promise<Platform> => {
    const platform = await aPlatform({ topics: greetingTopics, ...parts });
    closing.push(() => platform.close());
    return platform;
  };
  const start = async (
    platform: Platform,
    more: Partial<ServiceDefinition> = {},
  ): Promise<RunningService> => {
    const service = await startService({ ...greetings, ...more }, platform);
    closing.push(() => service.stop());
    return service;
  };
  const ready = async ({ url }: RunningService): Promise<Readiness & { code: number }> => {
    const answer = await fetch(`${url}/health/ready`);
    return { code: answer.status, ...((await answer.json()) as Readiness) };
  };

  it('is ready when store, consumer and relay are', async () => {
    const service = await start(await platformWith());
    await until(async () => (await ready(service)).code === 200);
    expect(await ready(service)).toEqual({
      code: 200,
      status: 'up',
      checks: {
        store: { status: 'up', detail: 'reachable' },
        consumer: { status: 'up', detail: 'receiving' },
        relay: { status: 'up', detail: 'active' },
      },
    });
  });

  it('starts before its broker, takes requests meanwhile, and is ready when the broker is', async () => {
    const { bus, arrive } = awayBus();
    const service = await start(await platformWith({ bus }));
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    expect(await ready(service)).toMatchObject({
      code: 503,
      status: 'down',
      checks: { consumer: { status: 'down', detail: 'connecting' } },
    });
    expect((await fetch(`${service.url}/v1/greetings/7`)).status).toBe(200);
    arrive();
    await until(async () => (await ready(service)).code === 200);
  });

  it('stays in service, degraded, when its broker goes away: handovers are accepted all the same', async () => {
    const { bus, arrive, leave } = awayBus();
    const service = await start(await platformWith({ bus }));
    arrive();
    await until(async () => (await ready(service)).code === 200);
    leave();
    expect(await ready(service)).toMatchObject({
      code: 200,
      status: 'degraded',
      checks: { consumer: { status: 'degraded', detail: 'interrupted' } },
    });
  });

  it('stays in service, degraded, while the broker takes no messages', async () => {
    const { bus } = awayBus();
    const platform = await platformWith({ bus });
    const service = await start(platform, { consumes: [] });
    const event = { id: 'e1', type: 'GreetingSeen', data: {}, metadata };
    await platform.store.append('greeting-1', [event], 'none');
    await until(() => service.relay().state === 'blocked');
    expect(await ready(service)).toMatchObject({
      code: 200,
      status: 'degraded',
      checks: { relay: { status: 'degraded', detail: 'blocked: BusUnavailable: no broker' } },
    });
  });

  it('is not ready when its store is gone', async () => {
    const platform = await platformWith();
    const service = await start(platform);
    await platform.store.close();
    expect(await ready(service)).toMatchObject({ code: 503, checks: { store: { status: 'down' } } });
  });

  it('is not ready before its views are, and stays ready when one stops later', async () => {
    const platform = await platformWith();
    const append = (id: string, type: string): Promise<unknown> =>
      platform.store.append(`greeting-${id}`, [{ id, type, data: {}, metadata }], 'none');
    const broken: Projection = {
      name: 'broken',
      version: 1,
      filter: { types: ['Poison'] },
      schema: 'CREATE TABLE rows (id TEXT)',
      apply: () => {
        throw new TypeError('cannot');
      },
    };
    const later: Projection = { ...broken, name: 'later', filter: { types: ['LatePoison'] } };
    await append('p1', 'Poison');
    const service = await start(platform, { projections: [broken, later] });
    await until(async () => (await ready(service)).checks['projection later']?.status === 'up');
    expect(await ready(service)).toMatchObject({
      code: 503,
      checks: { 'projection broken': { status: 'down', detail: 'stopped at event p1' } },
    });
    await append('p2', 'LatePoison');
    await until(async () => (await ready(service)).checks['projection later']?.status === 'degraded');
  });

  it('counts its own checks', async () => {
    class Memory implements ReadinessChecks {
      checks(): ReturnType<ReadinessChecks['checks']> {
        return { memory: { status: 'down', detail: 'reading the log' } };
      }
    }
    @Module({ providers: [Memory] })
    class Own {}
    const service = await start(await platformWith(), { module: Own, readiness: Memory });
    expect(await ready(service)).toMatchObject({
      code: 503,
      checks: { memory: { detail: 'reading the log' } },
    });
  });

  it('ends event streams when it stops, and answers the request in hand', async () => {
    let release = (): void => undefined;
    let entered = false;
    @Controller('slow')
    class Slow {
      @Get() async slow(): Promise<object> {
        entered = true;
        await new Promise<void>((resolve) => (release = resolve));
        return { done: true };
      }
    }
    @Module({ controllers: [Slow], imports: [greetings.module] })
    class Both {}
    const service = await startService({ ...greetings, module: Both }, await platformWith());
    const stream = await fetch(`${service.url}/v1/greetings/live`, {
      headers: { accept: 'text/event-stream' },
    });
    const reader = stream.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain('data: hello');
    const answer = fetch(`${service.url}/slow`);
    await until(() => entered);

    const stopped = service.stop();
    let last = await reader?.read();
    while (last && !last.done) last = await reader?.read();
    release();
    expect(await (await answer).json()).toEqual({ done: true });
    await stopped;
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow();
  });

  it('shows relay, consumer and projections in its metrics', async () => {
    const service = await start(await platformWith());
    await until(async () => (await ready(service)).code === 200);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('handover_relay_active{service="greetings"} 1');
    expect(metrics).toContain('handover_consumer_partitions{group="handover-greetings"} 3');
  });

  it('serves the page of its API and all that the page needs', async () => {
    const service = await start(await platformWith());
    const page = await (await fetch(`${service.url}/docs`)).text();
    for (const [, path] of page.matchAll(/(?:href|src)="([^"]+)"/g))
      expect([path, (await fetch(service.url + path)).status]).toEqual([path, 200]);
    expect(page).toContain("url: '/openapi.json'");
    expect(page).not.toMatch(/https?:\/\//);
  });
});
