import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Clock, type Ids } from '@handover/kernel';
import {
  CLOCK,
  CONFIG,
  IDS,
  LOG,
  STORE,
  type Config,
  type EventStore,
  type Platform,
  machineWall,
} from '@handover/platform';
import { type Pool } from '@handover/reservation';
import * as words from '@handover/words';
import { PoolDesk } from './pool-desk.js';
import { type DeskParts, lookAt } from './take-over.js';

/** The desks of this process, one for each pool that it was asked about. */
@Injectable()
export class Desks implements OnApplicationShutdown {
  private readonly desks = new Map<string, PoolDesk>();
  private readonly parts: DeskParts;

  constructor(
    @Inject(STORE) store: EventStore,
    @Inject(CLOCK) clock: Clock,
    @Inject(IDS) ids: Ids,
    @Inject(CONFIG) { instance }: Config,
    @Inject(LOG) private readonly log: Platform['log'],
  ) {
    this.parts = { store, clock, ids, wall: machineWall, speech: words, owner: instance };
  }

  of(pool: string): PoolDesk {
    const desk =
      this.desks.get(pool) ??
      new PoolDesk(pool, this.parts, (err) =>
        this.log.warn(
          { err, pool },
          'holds could not be ended on time; the next command of the pool ends them',
        ),
      );
    this.desks.set(pool, desk);
    return desk;
  }

  /** The pool as the log tells it now, whoever its writer is. */
  lookAt(pool: string): Promise<Pool> {
    return lookAt(this.parts, pool);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.desks.values()].map((desk) => desk.stop()));
  }
}
