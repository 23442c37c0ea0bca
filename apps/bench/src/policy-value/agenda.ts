import { type Instant } from '@handover/kernel';
import { Heap } from './heap.js';

/** Simulated time: what is to happen, in order. */
export class Agenda {
  private readonly coming = new Heap<() => void>();

  constructor(private present: Instant) {}

  get now(): Instant {
    return this.present;
  }

  at(moment: Instant, happen: () => void): void {
    this.coming.add(Math.max(moment, this.present), happen);
  }

  /** Plays everything that happens before a moment. */
  playUntil(end: Instant): void {
    for (let { first } = this.coming; first && first.key < end; { first } = this.coming) {
      this.present = first.key;
      this.coming.take()?.();
    }
    this.present = end;
  }
}
