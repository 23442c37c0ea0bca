import fc from 'fast-check';
import { VirtualClock } from './virtual-clock.js';

describe('the virtual clock', () => {
  it('fires each timer once, in order of their moments, each at its own now', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 })), (moments) => {
        const clock = new VirtualClock(0);
        const fired: number[] = [];
        for (const moment of moments) clock.at(moment, () => fired.push(clock.now()));
        clock.advanceTo(100);
        clock.advanceTo(200);
        expect(fired).toEqual([...moments].sort((a, b) => a - b));
      }),
    );
  });

  it('fires a timer that was set by a timer, if it falls due on the way', () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    clock.at(10, () => {
      fired.push('first');
      clock.at(20, () => fired.push('second'));
    });
    clock.advanceTo(20);
    expect(fired).toEqual(['first', 'second']);
  });

  it('does not fire what was cancelled, and never goes back', () => {
    const clock = new VirtualClock(50);
    const fired: string[] = [];
    clock.at(60, () => fired.push('cancelled'))();
    clock.advanceTo(10);
    expect(clock.now()).toBe(50);
    clock.advanceBy(100);
    expect({ now: clock.now(), fired }).toEqual({ now: 150, fired: [] });
  });
});
