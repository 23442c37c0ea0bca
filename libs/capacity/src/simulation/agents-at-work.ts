/** Agents as a heap of the moments at which they are free: the next callback goes to the one who is free first. */
export class AgentsAtWork {
  private readonly freeAt: Float64Array;

  constructor(agents: number) {
    this.freeAt = new Float64Array(agents);
  }

  /** Begins a callback that is due at a moment; returns when it began. */
  serve(due: number, lasting: number): number {
    const began = Math.max(due, this.freeAt[0] ?? Infinity);
    this.replaceFirst(began + lasting);
    return began;
  }

  private replaceFirst(moment: number): void {
    const { freeAt } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= freeAt.length) break;
      if (child + 1 < freeAt.length && (freeAt[child + 1] ?? 0) < (freeAt[child] ?? 0)) child += 1;
      const earlier = freeAt[child] ?? Infinity;
      if (earlier >= moment) break;
      freeAt[place] = earlier;
      place = child;
    }
    freeAt[place] = moment;
  }
}
