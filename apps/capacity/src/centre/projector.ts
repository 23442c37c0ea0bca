import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { nextStepAfter, projectCapacity, unknownPool } from '@handover/capacity';
import { type Clock, type Ids, type Instant } from '@handover/kernel';
import { CLOCK, IDS, LOG, machineWall, pause, type Check, type ReadinessChecks } from '@handover/platform';
import { type Logger } from 'pino';
import { Centre } from './centre.js';

/** Machine time between two looks for work: an event shows in the capacity after about so long. */
const lookEveryMs = 100;

/** Machine time to wait when a projection could not be stored. */
const afterFailureMs = 1_000;

/** What was last projected of a pool. */
interface Done {
  /** Its count of changes then. */
  readonly changes: number;
  /** When it is to be projected again though nothing was heard. */
  readonly nextAt: Instant;
}

/**
 * Keeps every pool's published capacity level with what is known: whenever the view counts a change, and at every step of
 * the grid. It remembers nothing that matters: begun anew it projects every pool once, and stores only what differs.
 * Several processes may do this at once; each computes the same, the first to append wins, and the others find that
 * nothing is left to do.
 */
@Injectable()
export class Projector implements OnApplicationBootstrap, BeforeApplicationShutdown, ReadinessChecks {
  private readonly done = new Map<string, Done>();
  private readonly stopping = new AbortController();
  /** True as soon as every pool was looked at once. */
  private hasBegun = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Centre) private readonly centre: Centre,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  checks(): Readonly<Record<string, Check>> {
    return { projector: this.check() };
  }

  /** True if all that the view knows now is published. */
  isLevel(): boolean {
    return (
      this.centre.isPresent() && [...this.centre.changes()].every(([pool, count]) => !this.isDue(pool, count))
    );
  }

  /** Not ready before every pool was projected once: what was published before the service stopped may be of another day. */
  private check(): Check {
    if (!this.centre.isPresent())
      return { status: 'down', detail: 'waits for its view to be level with the log' };
    return this.hasBegun
      ? { status: 'up', detail: 'projecting' }
      : { status: 'down', detail: 'projects every pool for the first time' };
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      // A view that is behind shows a centre of the past: nothing may be published of it.
      if (this.centre.isPresent()) {
        await this.projectDue();
        this.hasBegun = true;
      }
      await pause(machineWall, lookEveryMs, this.stopping.signal);
    }
  }

  private async projectDue(): Promise<void> {
    const changes = this.centre.changes();
    const due = [...changes].filter(([pool, count]) => this.isDue(pool, count));
    // What was just heard comes before what only time has changed.
    due.sort(
      ([one], [other]) => Number(this.isUnheard(one, changes)) - Number(this.isUnheard(other, changes)),
    );
    for (const [pool, count] of due) {
      if (this.stopping.signal.aborted) return;
      try {
        await this.project(pool, count);
      } catch (err) {
        this.log.warn({ err, pool }, 'capacity was not projected; trying again');
        await pause(machineWall, afterFailureMs, this.stopping.signal);
      }
    }
  }

  private isDue(pool: string, changes: number): boolean {
    const done = this.done.get(pool);
    return done?.changes !== changes || done.nextAt <= this.clock.now();
  }

  private isUnheard(pool: string, changes: ReadonlyMap<string, number>): boolean {
    return this.done.get(pool)?.changes === changes.get(pool);
  }

  private async project(name: string, changes: number): Promise<void> {
    const now = this.clock.now();
    const cause = { id: `projections/${this.ids.next()}`, correlationId: name };
    const { state } = await this.centre.changePool(name, cause, (pool) =>
      pool
        ? projectCapacity(pool, this.centre.agentsOf(name), now, this.centre.waitingIn(name, now))
        : unknownPool(name),
    );
    if (state) this.done.set(name, { changes, nextAt: nextStepAfter(state.settings, now) });
  }
}
