import { embeddedBus } from './bus/embedded/embedded-bus.js';
import { BusUnavailable } from './bus/faults.js';
import { type Bus } from './bus/port.js';
import { VirtualWall } from './clock/virtual-wall.js';
import { type Config } from './config.js';
import { prepareBus } from './prepare-bus.js';
import { aPlatform } from './testing/a-platform.js';

const topics = [{ name: 'orders', partitions: 3 }];

/** The parts that prepareBus asks for, with a log that is kept. */
async function aPlace(topicsMode: Config['topics'], bus: Bus = embeddedBus({ file: ':memory:' })) {
  const wall = new VirtualWall();
  const platform = await aPlatform({ bus, wall, config: { topics: topicsMode } });
  const warned: object[] = [];
  platform.log.warn = (told: object) => void warned.push(told);
  return { platform, wall, warned };
}

describe('prepareBus', () => {
  it('creates missing topics when told to apply', async () => {
    const { platform, warned } = await aPlace('apply');
    await prepareBus(platform, topics);
    expect(await platform.bus.topics()).toEqual(['orders']);
    expect(warned).toEqual([]);
    await platform.close();
  });

  it('only reports them when told to verify', async () => {
    const { platform, warned } = await aPlace('verify');
    await prepareBus(platform, topics);
    expect(await platform.bus.topics()).toEqual([]);
    expect(warned).toMatchObject([{ topic: 'orders', outcome: 'missing' }]);
    await platform.close();
  });

  it('does not wait for a broker that is away, and asks again until it is there', async () => {
    const real = embeddedBus({ file: ':memory:' });
    let away = true;
    const applyTopics: Bus['applyTopics'] = (...call) =>
      away ? Promise.reject(new BusUnavailable('no broker')) : real.applyTopics(...call);
    const bus = new Proxy(real, {
      get: (target, name) => (name === 'applyTopics' ? applyTopics : Reflect.get(target, name, target)),
    });
    away = false;
    const { platform, wall } = await aPlace('apply', bus);
    away = true;
    await prepareBus(platform, topics);
    expect(await real.topics()).toEqual([]);
    await wall.pass(10_000);
    away = false;
    await wall.passUntil(async () => (await real.topics()).length > 0);
    await platform.close();
  });
});
