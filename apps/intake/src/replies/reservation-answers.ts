import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, METRICS, STORE, type Config, type EventStore } from '@handover/platform';
import { Counter, type Registry } from 'prom-client';
import { historyOf } from '../history.js';
import { Deadline } from './deadline.js';
import { Replies } from './replies.js';
import { type Reply, type Wanted, replyIn } from './reply.js';

/** What became of asking: whether the request was made just now, and which answer is wanted if it was made before. */
export interface Asked<Kind extends Reply> {
  readonly isNew: boolean;
  readonly wanted: Wanted<Kind>;
}

/** Not even the request could be stored within the budget. The caller on the telephone has waited long enough. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** How much of the budget is kept for a last look at the log. */
const lastLookMs = 100;

/** Gets reservation's answer to a request within the budget of a telephone call, or says that there is none yet. */
@Injectable()
export class ReservationAnswers {
  private readonly counted: Counter<'outcome'>;

  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(METRICS) registry: Registry,
    @Inject(Replies) private readonly replies: Replies,
  ) {
    this.counted = new Counter({
      name: 'handover_intake_answers_total',
      help: 'Requests to reservation, by whether its answer came within the budget.',
      labelNames: ['outcome'],
      registers: [registry],
    });
  }

  /**
   * Asks, and waits for the answer. Asked before means: the answer may be in the log already.
   * @param wanted the answer to the request if it is made now
   * @returns what asking gave, and the answer unless it did not come in time: then it will be in the handover's history
   * @throws OutOfTime, and whatever `ask` throws
   */
  async to<Kind extends Reply, Outcome extends Asked<Kind>>(
    handoverId: string,
    wanted: Wanted<Kind>,
    ask: () => Promise<Outcome>,
  ): Promise<{ readonly asked: Outcome; readonly reply: Kind | undefined }> {
    const { replyBudgetMs } = this.config;
    const end = new Deadline(replyBudgetMs);
    const patience = new Deadline(replyBudgetMs - Math.min(lastLookMs, replyBudgetMs / 2));
    const expected = this.replies.expect(handoverId, wanted);
    try {
      const asked = await end.race(ask());
      if (!asked) throw new OutOfTime('The request could not be stored in time.');
      const heard = asked.isNew
        ? await patience.race(expected.reply)
        : await this.toEarlier(handoverId, asked.wanted, patience);
      const reply = heard ?? (await end.race(this.inLog(handoverId, asked.wanted)));
      this.counted.inc({ outcome: reply ? 'in-time' : 'late' });
      return { asked, reply };
    } finally {
      expected.end();
    }
  }

  private async toEarlier<Kind extends Reply>(
    handoverId: string,
    wanted: Wanted<Kind>,
    patience: Deadline,
  ): Promise<Kind | undefined> {
    const expected = this.replies.expect(handoverId, wanted);
    try {
      const known = await patience.race(this.inLog(handoverId, wanted));
      return known ?? (await patience.race(expected.reply));
    } finally {
      expected.end();
    }
  }

  private async inLog<Kind extends Reply>(
    handoverId: string,
    wanted: Wanted<Kind>,
  ): Promise<Kind | undefined> {
    for (const event of await historyOf(this.store, handoverId)) {
      const reply = replyIn(event);
      if (reply && wanted(reply)) return reply;
    }
    return undefined;
  }
}
