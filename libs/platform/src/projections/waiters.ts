import { type Position } from '../event-store/port.js';

interface Waiter {
  readonly position: Position;
  readonly resolve: (folded: boolean) => void;
}

/** Who waits until an event is folded in. */
export class Waiters {
  private waiting: Waiter[] = [];

  /** Resolves true when the position is reached, false after `withinMs` of wall time. */
  waitFor(position: Position, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter: Waiter = { position, resolve: settle };
      const timer = setTimeout(() => settle(false), withinMs);
      const forget = (): void => void (this.waiting = this.waiting.filter((other) => other !== waiter));
      function settle(folded: boolean): void {
        clearTimeout(timer);
        forget();
        resolve(folded);
      }
      this.waiting.push(waiter);
    });
  }

  reached(position: Position | null): void {
    for (const waiter of this.waiting.filter((each) => each.position <= (position ?? '')))
      waiter.resolve(true);
  }

  /** Nothing more will be folded in. */
  giveUp(): void {
    for (const waiter of [...this.waiting]) waiter.resolve(false);
  }
}
