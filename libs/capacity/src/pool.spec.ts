import { type ObserveInboundLoad } from '@handover/contracts';
import { isRefusal, minuteMs, toIso, type Decision } from '@handover/kernel';
import fc from 'fast-check';
import {
  configurePool,
  evolvePool,
  noPool,
  observeHandleTime,
  observeInboundLoad,
  type MaybePool,
  type PoolEvent,
  type PoolRefused,
} from './pool.js';
import { hours, monday } from './testing/builders.js';

const taken = (pool: MaybePool, decision: Decision<PoolEvent, PoolRefused>): MaybePool =>
  isRefusal(decision) ? pool : decision.reduce<MaybePool>(evolvePool, pool);

const germans = [{ skills: ['billing', 'de'] }];
const configured = taken(noPool, configurePool(noPool, 'billing', { timeZone: 'Europe/Zurich' }, monday));

const aLoad = (given: Partial<ObserveInboundLoad> = {}): ObserveInboundLoad => ({
  pool: 'billing',
  from: toIso(hours(-1)),
  to: toIso(monday),
  calls: 100,
  ...given,
});

describe('a pool', () => {
  it('takes defaults for what its settings leave open, and the same settings again are no event', () => {
    expect(configured?.settings).toMatchObject({
      slotMinutes: 5,
      onTimeTarget: 0.95,
      leadMinutes: 10,
      holdShare: 0.5,
    });
    expect(
      configurePool(configured, 'billing', { timeZone: 'Europe/Zurich', slotMinutes: 5 }, hours(1)),
    ).toEqual([]);
    expect(
      configurePool(configured, 'billing', { timeZone: 'Europe/Zurich', slotMinutes: 10 }, hours(1)),
    ).toHaveLength(1);
  });

  it('keeps what it learned when its settings change', () => {
    const learned = taken(
      configured,
      observeHandleTime(
        configured,
        { pool: 'billing', issueType: 'dispute', callbackId: 'c', seconds: 200 },
        monday,
      ),
    );
    const changed = taken(learned, configurePool(learned, 'billing', { timeZone: 'Etc/UTC' }, hours(1)));
    expect(changed?.handled).toEqual({ dispute: [200] });
  });

  it('must be configured before anything is observed', () => {
    expect(observeInboundLoad(noPool, aLoad(), germans, monday)).toMatchObject({ refused: 'unknown-pool' });
    expect(
      observeHandleTime(noPool, { pool: 'x', issueType: 'y', callbackId: 'c', seconds: 1 }, monday),
    ).toMatchObject({ refused: 'unknown-pool' });
  });

  it('remembers the latest 1,024 handle times of an issue type', () => {
    let pool = configured;
    for (let seconds = 0; seconds < 1_100; seconds += 1)
      pool = taken(
        pool,
        observeHandleTime(
          pool,
          { pool: 'billing', issueType: 'dispute', callbackId: `c-${seconds}`, seconds },
          monday,
        ),
      );
    expect(pool?.handled['dispute']).toHaveLength(1_024);
    expect(pool?.handled['dispute']?.at(0)).toBe(76);
  });
});

describe('inbound loads of a pool', () => {
  it('replace what was said of the same interval, skills and kind before; the same again is no event', () => {
    const once = taken(configured, observeInboundLoad(configured, aLoad(), germans, monday));
    expect(observeInboundLoad(once, aLoad(), germans, hours(1))).toEqual([]);
    const twice = taken(once, observeInboundLoad(once, aLoad({ calls: 120 }), germans, monday));
    expect(twice?.loads.map(({ calls }) => calls)).toEqual([120]);
    const forecast = taken(twice, observeInboundLoad(twice, aLoad({ scheduled: true }), germans, monday));
    const german = taken(forecast, observeInboundLoad(forecast, aLoad({ skills: ['de'] }), germans, monday));
    expect(german?.loads).toHaveLength(3);
  });

  it('are of skills that somebody in the pool has', () => {
    expect(
      observeInboundLoad(configured, aLoad({ skills: ['de', 'french'] }), germans, monday),
    ).toMatchObject({
      refused: 'unknown-skills',
    });
  });

  it('last for some time', () => {
    expect(observeInboundLoad(configured, aLoad({ to: toIso(hours(-1)) }), germans, monday)).toMatchObject({
      refused: 'empty-interval',
    });
  });

  it('are in order of their begin, whatever the order of the reports, and forgotten after eight days', () => {
    const begins = fc.uniqueArray(fc.integer({ min: -20 * 24 * 12, max: 0 }), { maxLength: 40 });
    fc.assert(
      fc.property(begins, (cells) => {
        const pool = cells.reduce((known: MaybePool, cell) => {
          const from = monday + cell * 5 * minuteMs;
          const load = aLoad({ from: toIso(from), to: toIso(from + 5 * minuteMs) });
          return taken(known, observeInboundLoad(known, load, germans, monday));
        }, configured);
        const begun = (pool?.loads ?? []).map(({ from }) => from);
        expect(begun).toEqual([...begun].sort((one, other) => one - other));
        const recent = cells
          .slice(0, -1)
          .filter((cell) => (cell + 1) * 5 * minuteMs > -8 * 24 * 60 * minuteMs);
        expect(begun.length).toBeGreaterThanOrEqual(recent.length);
      }),
    );
  });
});
