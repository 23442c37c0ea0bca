import { type LoggedMessage } from '../port.js';

export interface LaneOptions {
  /** Where the partition is taken up. */
  readonly position: number;
  /** Messages handled at the same time; with 1 the whole partition is handled in order. */
  readonly maxInFlight: number;
  /** Messages of one key handled at the same time; they begin in their order. */
  readonly perKey: number;
  /** Of these, those of which this says the same are handled one at a time. Without it none waits for another. */
  readonly orderBy?: ((message: LoggedMessage) => string) | undefined;
  /** Sees one message through; false if it was abandoned because `signal` fired. Must not reject. */
  settle(message: LoggedMessage, signal: AbortSignal): Promise<boolean>;
  /** Called when everything before `position` is done, and when room for more has come up. */
  onProgress(position: number): void;
}

interface Turn {
  /** Its place among all turns, in the order in which they came. */
  readonly place: number;
  readonly key: string | symbol;
  /** Waits for earlier turns of its key with the same order. */
  readonly order?: string | undefined;
  readonly task: (signal: AbortSignal) => Promise<boolean>;
  /** For a message: the position after it. Without it, nothing else of the key is in hand meanwhile. */
  readonly after?: number;
  done: boolean;
}

/** What of a key is ready or in hand, and what waits behind it. */
interface KeyTurns {
  begun: number;
  alone: boolean;
  readonly orders: Set<string>;
  readonly waiting: Turn[];
}

/**
 * One partition in the hands of one member: messages of a key in their order, several keys at once.
 * The position moves over what is done without a gap, so that a crash repeats messages but never skips one.
 */
export class Lane {
  private readonly order: Turn[] = [];
  /** What may begin, the earliest first: nothing waits behind what came later than it. */
  private readonly ready: Turn[] = [];
  /** Keys of which a turn is ready or in hand. */
  private readonly keys = new Map<string | symbol, KeyTurns>();
  private readonly stopping = new AbortController();
  private idle: (() => void)[] = [];
  private places = 0;
  private running = 0;
  private held = false;
  private received: number;
  private done: number;

  constructor(private readonly options: LaneOptions) {
    this.received = options.position;
    this.done = options.position;
  }

  /** Everything before this offset is done. */
  get position(): number {
    return this.done;
  }

  /** The offset after the last message taken in. */
  get next(): number {
    return this.received;
  }

  get inHand(): number {
    return this.running;
  }

  /** Messages taken in and not done. */
  get pending(): number {
    return this.order.length;
  }

  /** Takes messages in, in the order of their offsets; those it has had already are dropped. */
  deliver(messages: readonly LoggedMessage[]): void {
    if (this.stopping.signal.aborted) return;
    for (const message of messages) {
      const offset = Number(message.offset);
      if (offset < this.received) continue;
      this.received = offset + 1;
      const turn: Turn = {
        place: this.places++,
        // Messages without a key were promised no order: none waits for another.
        key: message.key === '' ? Symbol() : message.key,
        order: this.options.orderBy?.(message),
        task: (signal) => this.options.settle(message, signal),
        after: this.received,
        done: false,
      };
      this.order.push(turn);
      this.enqueue(turn);
    }
    this.start();
  }

  /** Runs a task when it is the key's turn: never together with a message of that key, before those that come later. */
  inTurn(key: string, task: (signal: AbortSignal) => Promise<boolean>): void {
    this.enqueue({ place: this.places++, key, task, done: false });
    this.start();
  }

  /** Starts nothing new until the lane is stopped: the partition may be about to go to someone else. */
  hold(): void {
    this.held = true;
  }

  /** Abandons what waits, lets what is in hand finish (back-off is cut short). */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.ready.length = 0;
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
    // Its position may be asked for long after; what was abandoned would only lie in memory.
    this.order.length = 0;
    this.keys.clear();
  }

  private enqueue(turn: Turn): void {
    const turns = this.keys.get(turn.key) ?? { begun: 0, alone: false, orders: new Set(), waiting: [] };
    this.keys.set(turn.key, turns);
    turns.waiting.push(turn);
    this.admit(turns);
  }

  private admit(turns: KeyTurns): void {
    const { waiting, orders } = turns;
    for (let at = 0, turn = waiting[0]; turn && this.mayBegin(turn, turns); turn = waiting[at])
      if (turn.order !== undefined && orders.has(turn.order)) at += 1;
      else {
        turns.begun += 1;
        turns.alone = turn.after === undefined;
        if (turn.order !== undefined) orders.add(turn.order);
        this.makeReady(turn);
        waiting.splice(at, 1);
      }
  }

  private mayBegin({ after }: Turn, { begun, alone }: KeyTurns): boolean {
    return begun === 0 || (!alone && after !== undefined && begun < this.options.perKey);
  }

  private makeReady(turn: Turn): void {
    const { ready } = this;
    const isLast = (ready.at(-1)?.place ?? -1) < turn.place;
    ready.splice(isLast ? ready.length : ready.findIndex(({ place }) => place > turn.place), 0, turn);
  }

  private start(): void {
    while (!this.held && this.running < this.options.maxInFlight) {
      const turn = this.ready.shift();
      if (!turn) return;
      this.running += 1;
      void turn.task(this.stopping.signal).then((settled) => this.finish(turn, settled));
    }
  }

  private finish(turn: Turn, settled: boolean): void {
    this.running -= 1;
    turn.done = settled;
    const turns = this.keys.get(turn.key);
    if (turns) this.leave(turn, turns);
    this.advance();
    if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
    this.start();
  }

  private leave({ key, order }: Turn, turns: KeyTurns): void {
    turns.begun -= 1;
    if (order !== undefined) turns.orders.delete(order);
    if (!this.stopping.signal.aborted) this.admit(turns);
    if (turns.begun === 0) this.keys.delete(key);
  }

  private advance(): void {
    while (this.order[0]?.done) this.done = this.order.shift()?.after ?? this.done;
    this.options.onProgress(this.done);
  }
}
