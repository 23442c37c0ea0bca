import { streams } from '@handover/contracts';
import { type CancelTimer, type Instant } from '@handover/kernel';
import { type Cause, RevisionConflict, StoreUnavailable } from '@handover/platform';
import { type Entry, type SlotCommand, decide, nextExpiry, settle } from '@handover/reservation';
import { type Decided, appendAll } from './appends.js';
import { isHasty } from './hasty.js';
import { type DeskParts, type OpenPool, takeOver, todayOf } from './take-over.js';

interface Asked {
  readonly command: SlotCommand;
  readonly cause: Cause;
  readonly resolve: (entries: readonly Entry[]) => void;
  readonly reject: (fault: unknown) => void;
}

/** Deciding this command is a fault, whatever else is decided. */
class Undecidable extends Error {
  constructor(
    readonly asked: Asked,
    cause: unknown,
  ) {
    super('The command cannot be decided', { cause });
  }
}

/**
 * The most commands that are decided and stored together. Together they wait for the disk once; but while they are decided
 * and written, about 10 ms for so many, the process does nothing else.
 */
const batchAtMost = 256;
const attemptsAtMost = 20;

/**
 * The one place in this process where a pool's slot book is decided: one thing after the other, in memory, stored
 * before it is answered. Another process may do the same at the same time; the books' revisions let one of them win,
 * and the other opens the pool again and decides again.
 */
export class PoolDesk {
  private memory: OpenPool | undefined;
  private readonly queue: Asked[] = [];
  private working: Promise<void> | undefined;
  private timer: { readonly at: Instant; readonly cancel: CancelTimer } | undefined;

  constructor(
    readonly pool: string,
    private readonly parts: DeskParts,
    private readonly onTimerFault: (fault: unknown) => void,
  ) {}

  /**
   * Decides a command; resolves when its entries are durable, with those that are new.
   * @throws StoreUnavailable, or what a decision throws; nothing of the command is lost by asking again
   */
  handle(command: SlotCommand, cause: Cause): Promise<readonly Entry[]> {
    return new Promise((resolve, reject) => {
      this.queue.push({ command, cause, resolve, reject });
      this.working ??= this.work();
    });
  }

  /** Finishes what is asked; no timer fires any more. */
  async stop(): Promise<void> {
    await this.working;
    this.forget();
  }

  private async work(): Promise<void> {
    // Commands that arrive at the same moment, or as soon as an answer is out, are decided together.
    for (await turn(); this.queue.length > 0; await turn()) {
      const batch = this.queue.splice(0, batchAtMost);
      try {
        const decided = await this.decideAndStore(batch);
        batch.forEach(({ resolve }, index) => resolve(decided[index]?.entries ?? []));
      } catch (fault) {
        this.refuse(batch, fault);
      }
      this.setTimer();
    }
    this.working = undefined;
  }

  /** A command that cannot be decided is refused alone; the others of its batch are decided again without it. */
  private refuse(batch: readonly Asked[], fault: unknown): void {
    const one = fault instanceof Undecidable ? fault : undefined;
    for (const asked of batch) {
      if (!one) asked.reject(fault);
      else if (asked === one.asked) asked.reject(one.cause);
    }
    if (one) this.queue.unshift(...batch.filter((asked) => asked !== one.asked));
  }

  private async decideAndStore(batch: readonly Asked[]): Promise<readonly Decided[]> {
    for (let attempt = 1; attempt <= attemptsAtMost; attempt += 1) {
      try {
        const memory = await this.open(batch);
        const now = this.parts.clock.now();
        const decided = batch.map((asked) => decideOne(memory, asked, now));
        if (await isHasty(this.parts.store, memory, decided)) {
          this.forget();
          continue;
        }
        await this.store(memory, decided);
        return decided;
      } catch (fault) {
        // Whatever went wrong: memory may hold what was never stored.
        this.forget();
        if (!(fault instanceof RevisionConflict)) throw fault;
        // Time alone is no reason to take a pool away from its new owner.
        if (batch.every(({ command }) => command.type === 'tick')) return [];
      }
    }
    throw new StoreUnavailable(`Other processes keep deciding for pool ${this.pool}.`);
  }

  /** The pool in memory, opened if need be: at first, after a lost race, on a new day, after a gap in its projections. */
  private async open(batch: readonly Asked[]): Promise<OpenPool> {
    const { memory, parts } = this;
    if (memory && memory.today === todayOf(memory.pool, parts.clock) && !hasGap(memory, batch)) return memory;
    this.forget();
    const opened = await takeOver(parts, this.pool);
    if (hasGap(opened, batch))
      throw new StoreUnavailable(`The log lags: pool ${this.pool} has newer capacity.`);
    const entries = settle(opened.pool, opened.unplaced, parts.clock.now());
    const cause = { id: `takeover/${this.pool}/${opened.epoch}`, correlationId: this.pool };
    await this.append(opened, [{ cause, entries }]);
    this.memory = opened;
    return opened;
  }

  private async store(memory: OpenPool, decided: readonly Decided[]): Promise<void> {
    const appended = await this.append(memory, decided);
    if (!appended) await this.expectNoOtherOwner(memory);
  }

  private append({ revisions }: OpenPool, decided: readonly Decided[]): Promise<boolean> {
    return appendAll({ store: this.parts.store, pool: this.pool, revisions }, decided);
  }

  /** "Nothing to do" counts only from the present owner: a new one has marked every book, this one included. */
  private async expectNoOtherOwner({ revisions, today }: OpenPool): Promise<void> {
    const stream = streams.slotBook(this.pool, today);
    const expected = revisions.get(today) ?? 'none';
    for await (const { revision } of this.parts.store.readStream(stream, { backwards: true, limit: 1 }))
      if (revision !== expected) throw new RevisionConflict(stream, expected, revision);
  }

  /** Holds end on time, asked or not. */
  private setTimer(): void {
    const at = this.memory && nextExpiry(this.memory.pool.book.holds);
    if (at === this.timer?.at) return;
    this.timer?.cancel();
    this.timer = at === undefined ? undefined : { at, cancel: this.parts.clock.at(at, () => this.tick()) };
  }

  private tick(): void {
    this.timer = undefined;
    const cause = { id: `timer/${this.pool}`, correlationId: this.pool };
    this.handle({ type: 'tick' }, cause).catch(this.onTimerFault);
  }

  private forget(): void {
    this.memory = undefined;
    this.timer?.cancel();
    this.timer = undefined;
  }
}

function decideOne({ pool }: OpenPool, asked: Asked, now: Instant): Decided {
  try {
    return { cause: asked.cause, entries: decide(pool, asked.command, now) };
  } catch (fault) {
    throw new Undecidable(asked, fault);
  }
}

/** Lets the event loop do first what it has at hand. */
const turn = (): Promise<void> => new Promise(setImmediate);

/** True if a projection is missing between what is known and what is told: the log has it. */
function hasGap({ pool }: OpenPool, batch: readonly Asked[]): boolean {
  let known = pool.capacity?.version;
  for (const { command } of batch) {
    if (command.type !== 'slots.apply-capacity') continue;
    const { full, version } = command.data;
    if (known === undefined || (!full && version > known + 1)) return true;
    known = Math.max(known, version);
  }
  return false;
}
