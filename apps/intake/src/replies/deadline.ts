import { performance } from 'node:perf_hooks';
import { machineWall } from '@handover/platform';

/** A moment of wall time by which a caller on the telephone must have an answer. */
export class Deadline {
  private readonly endsAt: number;

  constructor(spanMs: number) {
    this.endsAt = performance.now() + spanMs;
  }

  /** What the promise gives, or undefined if it has not by then. A later rejection is nobody's any more. */
  race<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      const cancel = machineWall.after(this.endsAt - performance.now(), () => resolve(undefined));
      promise.then(resolve, reject).finally(cancel);
    });
  }
}
