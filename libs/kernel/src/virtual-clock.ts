import { type CancelTimer, type Clock } from './clock.js';
import { type Instant } from './instant.js';

interface Timer {
  readonly moment: Instant;
  readonly fire: () => void;
}

/** A clock moved by hand, for tests and simulation. Timers fire in order of their moments, each at its own `now`. */
export class VirtualClock implements Clock {
  private timers: Timer[] = [];

  constructor(private present: Instant) {}

  now(): Instant {
    return this.present;
  }

  at(moment: Instant, fire: () => void): CancelTimer {
    const timer: Timer = { moment, fire };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Moves to `moment`, firing what falls due on the way. */
  advanceTo(moment: Instant): void {
    for (let next = this.due(moment); next; next = this.due(moment)) {
      const timer = next;
      this.timers = this.timers.filter((other) => other !== timer);
      this.present = Math.max(this.present, timer.moment);
      timer.fire();
    }
    this.present = Math.max(this.present, moment);
  }

  /** Moves forward by a span in milliseconds. */
  advanceBy(spanMs: number): void {
    this.advanceTo(this.present + spanMs);
  }

  private due(until: Instant): Timer | undefined {
    return this.timers
      .filter((timer) => timer.moment <= until)
      .reduce<Timer | undefined>(
        (first, timer) => (first && first.moment <= timer.moment ? first : timer),
        undefined,
      );
  }
}
