import { VirtualClock } from '@handover/kernel';
import { type Wall } from './wall.js';

/** Wall time moved by hand, for tests of leases, back-off and deadlines. */
export class VirtualWall implements Wall {
  private readonly clock = new VirtualClock(1_000_000);

  private offsetMs = 0;

  now(): number {
    return this.clock.now() + this.offsetMs;
  }

  elapsed(): number {
    return this.clock.now();
  }

  /** As when someone sets the machine's clock, or a machine that was suspended wakes up: no time passes. */
  jump(byMs: number): void {
    this.offsetMs += byMs;
  }

  after(spanMs: number, fire: () => void): () => void {
    return this.clock.at(this.clock.now() + spanMs, fire);
  }

  /** Lets time pass in small steps until the condition holds; what is under way gets its turn at each. */
  async passUntil(holds: () => boolean | Promise<boolean>, stepMs = 25): Promise<void> {
    while (!(await holds())) await this.pass(stepMs);
  }

  async pass(spanMs: number): Promise<void> {
    await new Promise((resume) => setImmediate(resume));
    this.clock.advanceBy(spanMs);
    await new Promise((resume) => setImmediate(resume));
  }
}
