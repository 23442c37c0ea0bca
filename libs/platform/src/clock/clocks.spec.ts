import { jest } from '@jest/globals';
import fc from 'fast-check';
import { openClock, scaledClock, systemClock } from './clocks.js';
import { VirtualWall } from './virtual-wall.js';
import { machineWall } from './wall.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe('clocks', () => {
  it('show domain time that passes as fast as said, alike in every process', async () => {
    const wall = new VirtualWall();
    const epoch = Date.UTC(2026, 10, 23);
    const setting = `scaled:${wall.now()},${epoch},60`;
    const [one, other] = [openClock(setting, wall), openClock(setting, wall)];
    await wall.pass(1_000);
    expect([one.now(), other.now()]).toEqual([epoch + 60_000, epoch + 60_000]);
  });

  it('fire a timer at its moment or after, never before, at any speed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.1, max: 5_000, noNaN: true }),
        fc.integer({ min: -1_000, max: dayMs }),
        async (speed, inMs) => {
          const wall = new VirtualWall();
          const clock = scaledClock(wall.now(), 0, speed, wall);
          let firedAt: number | undefined;
          clock.at(inMs, () => (firedAt = clock.now()));
          expect(firedAt).toBe(undefined); // never synchronously
          const step = Math.max(1, Math.ceil(inMs / speed / 20));
          await wall.passUntil(() => firedAt !== undefined, step);
          expect(firedAt).toBeGreaterThanOrEqual(inMs);
          expect(firedAt).toBeLessThanOrEqual(Math.max(0, inMs) + 3 * step * speed + speed);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('wait on if the wall clock was set back', async () => {
    const wall = new VirtualWall();
    const clock = systemClock(wall);
    const moment = clock.now() + 1_000;
    let fired = false;
    clock.at(moment, () => (fired = true));
    wall.jump(-5_000);
    await wall.pass(1_500);
    expect(fired).toBe(false);
    await wall.pass(5_000);
    expect(fired).toBe(true);
  });

  it('fire what fell due while the wall clock jumped ahead, as after a suspended machine, within seconds', async () => {
    const wall = new VirtualWall();
    const clock = systemClock(wall);
    let fired = false;
    clock.at(clock.now() + hourMs, () => (fired = true));
    wall.jump(hourMs);
    await wall.pass(10_000);
    expect(fired).toBe(true);
  });

  it('never go back in one process', () => {
    const wall = new VirtualWall();
    const clock = systemClock(wall);
    const shown = clock.now();
    wall.jump(-hourMs);
    expect(clock.now()).toBe(shown);
  });

  it('fire no timer that was cancelled, at whatever stage', async () => {
    const wall = new VirtualWall();
    const clock = systemClock(wall);
    let fired = false;
    const cancel = clock.at(wall.now() + 100, () => (fired = true));
    await wall.pass(50);
    cancel();
    cancel();
    await wall.pass(1_000);
    expect(fired).toBe(false);
  });

  it('are named by a text', () => {
    expect(() => openClock('fast')).toThrow('A clock is "system" or "scaled:');
    expect(() => openClock('scaled:1,2,0')).toThrow('above 0');
    const wall = new VirtualWall();
    expect(openClock('system', wall).now()).toBe(wall.now());
  });
});

describe("the machine's wall", () => {
  afterEach(() => jest.useRealTimers());

  it('waits for as long as is said, also longer than setTimeout can', () => {
    jest.useFakeTimers();
    let fired = false;
    machineWall.after(60 * dayMs, () => (fired = true));
    jest.advanceTimersByTime(60 * dayMs - 1);
    expect(fired).toBe(false);
    jest.advanceTimersByTime(1);
    expect(fired).toBe(true);
  });

  it('can be told not to, also in the second stage of a long wait', () => {
    jest.useFakeTimers();
    let fired = false;
    const cancel = machineWall.after(60 * dayMs, () => (fired = true));
    jest.advanceTimersByTime(50 * dayMs);
    cancel();
    jest.advanceTimersByTime(50 * dayMs);
    expect(fired).toBe(false);
  });
});
