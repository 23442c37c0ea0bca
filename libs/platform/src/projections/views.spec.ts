import { aCorner, orders, seen, upTo } from './testing/orders.js';

describe('views', () => {
  let corner: ReturnType<typeof aCorner>;
  beforeEach(() => {
    corner = aCorner();
  });
  afterEach(() => corner.close());

  it('fold history, then what comes, each event once', async () => {
    await corner.append(1_203);
    const views = corner.open();
    await views.run(orders());
    expect(seen(views)).toEqual(upTo(1_203));
    const last = await corner.append(5);
    expect(await views.waitFor('orders', last, 5_000)).toBe(true);
    expect(seen(views)).toEqual(upTo(1_208));
    expect(views.status()).toMatchObject([{ state: 'live', eventsApplied: 1_208, position: last }]);
  });

  it('go on from their checkpoint after a restart', async () => {
    await corner.append(10);
    const before = corner.open();
    await before.run(orders());
    await before.stop();
    await corner.append(3);
    const after = corner.open();
    await after.run(orders());
    expect(seen(after)).toEqual(upTo(13));
    expect(after.status()).toMatchObject([{ eventsApplied: 13 }]);
  });

  it('fold nothing while paused, and everything after', async () => {
    await corner.append(2);
    const views = corner.open();
    await views.run(orders());
    await views.pause('orders');
    const last = await corner.append(2);
    expect(views.status()).toMatchObject([{ state: 'paused' }]);
    expect(await views.waitFor('orders', last, 20)).toBe(false);
    await views.resume('orders');
    expect(seen(views)).toEqual(upTo(4));
  });

  it('have the same rows after a replay', async () => {
    await corner.append(20);
    const views = corner.open();
    await views.run(orders());
    const before = views.read('orders').prepare('SELECT * FROM seen').all();
    await views.replay('orders');
    expect(views.read('orders').prepare('SELECT * FROM seen').all()).toEqual(before);
  });

  it('cannot be written through what readers get', async () => {
    const views = corner.open();
    await views.run(orders());
    expect(() => views.read('orders').exec('INSERT INTO seen (number) VALUES (7)')).toThrow('readonly');
  });

  it('name a projection that does not run', () => {
    expect(() => corner.open().read('nothing')).toThrow('Projection "nothing" does not run here');
  });

  it('tell a reader when its own write is folded in', async () => {
    const views = corner.open();
    await views.run(orders());
    const position = await corner.append(1);
    expect(await views.waitFor('orders', position, 5_000)).toBe(true);
    expect(seen(views)).toEqual([1]);
  });
});
