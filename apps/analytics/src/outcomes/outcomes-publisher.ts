import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { outcomeRecord, type Outcome } from '@handover/analytics';
import { topics } from '@handover/contracts';
import { toIso, type Clock } from '@handover/kernel';
import {
  BUS,
  CLOCK,
  LOG,
  RevisionConflict,
  STORE,
  VIEWS,
  toBusMessage,
  type Bus,
  type EventStore,
  type Views,
} from '@handover/platform';
import { type Logger } from 'pino';
import { readOutcomes, type OutcomeRow } from './outcome-rows.js';
import { outcomesView } from './outcomes-view.js';

const register = 'analytics-outcomes-published';
const everyMs = 250;
/** After failures the wait doubles up to this: a topic may be missing for hours. */
const longestMs = 10_000;
/** Of the log: all that changed at one of them is in the same batch, so that none is left behind. */
const batchPositions = 500;

/**
 * Publishes the current record of each handover that changed to the compacted outcomes topic.
 * How far it came is a register in the store, not in the view: a replay of the view publishes nothing again, and of
 * several analytics processes the one that advances the register goes on; the others see it move and follow. Who did
 * not advance it publishes the same again, even if that sets the register back: the last record of a key is the latest.
 */
@Injectable()
export class OutcomesPublisher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  /** Another published meanwhile, and ours may stand after its records though older: we publish from here again. */
  private again: string | undefined;
  private waitMs = everyMs;

  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const tick = (): void => {
      this.running = this.tryToPublish().finally(() => {
        if (this.timer) this.timer = setTimeout(tick, this.waitMs);
      });
    };
    this.timer = setTimeout(tick, everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async tryToPublish(): Promise<void> {
    try {
      await this.publishChanged();
      this.waitMs = everyMs;
    } catch (err) {
      this.waitMs = Math.min(2 * this.waitMs, longestMs);
      this.log.warn({ err, waitMs: this.waitMs }, 'Outcomes not published; trying again');
    }
  }

  /** Publishes what changed since the register's position, then advances the register. */
  async publishChanged(): Promise<void> {
    const done = await this.store.readRegister(register);
    const from = this.again ?? (typeof done?.value === 'string' ? done.value : '');
    const changed = this.changedAfter(from);
    const last = changed.at(-1);
    if (!last) return;
    await this.bus.publish(changed.map(({ changed: position, outcome }) => this.message(position, outcome)));
    try {
      await this.store.writeRegister(register, last.changed, done?.revision ?? 'none');
      this.again = undefined;
    } catch (fault) {
      if (!(fault instanceof RevisionConflict)) throw fault;
      this.again = from;
    }
  }

  private changedAfter(position: string): OutcomeRow[] {
    return readOutcomes(this.views.read(outcomesView.name), {
      where: `WHERE o.changed IN (SELECT DISTINCT changed FROM outcome WHERE changed > :position ORDER BY changed LIMIT :positions)
        ORDER BY o.changed`,
      values: { position, positions: batchPositions },
    });
  }

  private message(position: string, outcome: Outcome): ReturnType<typeof toBusMessage> {
    const record = outcomeRecord(outcome, this.clock.now());
    return toBusMessage(
      {
        id: `${outcome.handoverId}@${position}`,
        type: 'HandoverOutcome',
        source: '/handover/analytics',
        subject: outcome.handoverId,
        time: toIso(this.clock.now()),
        extensions: { correlationid: outcome.handoverId, partitionkey: outcome.handoverId },
        data: record,
      },
      { topic: topics.outcomeState, key: outcome.handoverId },
    );
  }
}
