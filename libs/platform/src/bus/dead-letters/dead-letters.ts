import { type Logger } from 'pino';
import { defaultBackOff, delayMs, pause } from '../consuming/back-off.js';
import { type Lane } from '../consuming/lane.js';
import { type Outcome, type Parking, type ParkingPlace, nameOf } from '../consuming/settle.js';
import { UnknownTopic } from '../faults.js';
import { type Bus, type LoggedMessage } from '../port.js';
import { deadLetter, deadLetterTopic, reasonOf } from './letter.js';
import { redrive } from './redriving.js';
import { LedgerWatch } from './watch.js';

/** Tries a message as often as the consumer's options say. */
export type Attempt = (message: LoggedMessage, signal: AbortSignal) => Promise<Outcome>;

/**
 * The dead letters of one consumer: `<topic>.<group>.dlq` beside each topic, partition for partition.
 * Which keys are parked is known from that topic alone, so it survives restarts and rebalances. ADR 0012.
 */
export class DeadLetters implements ParkingPlace {
  private readonly watches = new Map<string, LedgerWatch>();
  private readonly lanes = new Map<string, Lane>();
  /** Watches that were given up and are closing. */
  private readonly closing = new Set<Promise<void>>();

  constructor(
    private readonly bus: Bus,
    private readonly group: string,
    private readonly log: Logger,
    private readonly attempt: Attempt,
  ) {}

  /** Resolves when it is known which keys of the partitions are parked, or when `signal` fires. */
  prepare(topic: string, partitions: readonly number[], signal: AbortSignal): Promise<void> {
    return this.insist(topic, signal, async () => {
      const offsets = await this.bus.offsets(deadLetterTopic(topic, this.group));
      if (offsets.length === 0) this.forget(topic);
      for (const { partition, begin, end } of offsets)
        if (partitions.includes(partition) && begin !== end)
          await this.watch(topic).reached(partition, Number(end), signal);
    });
  }

  /** The lane in which the partition's redrives take their turns; undefined when the partition is given up. */
  attach(topic: string, partition: number, lane: Lane | undefined): void {
    const name = `${topic} ${partition}`;
    if (!lane) this.lanes.delete(name);
    else {
      this.lanes.set(name, lane);
      for (const parked of this.watches.get(topic)?.ledger.all() ?? [])
        if (parked.partition === partition) this.redriveIfAsked(topic, partition, parked.key);
    }
  }

  holds({ topic, partition, key }: LoggedMessage): boolean {
    return key !== '' && this.watches.get(topic)?.ledger.get(partition, key) !== undefined;
  }

  park(message: LoggedMessage, why: Parking, signal: AbortSignal): Promise<void> {
    const { topic, partition, key } = message;
    return this.insist(topic, signal, async () => {
      const watch = await this.ensure(topic);
      const isParked = (): boolean =>
        watch.ledger.get(partition, key)?.letters.has(Number(message.offset)) ?? false;
      // Parked already, before a crash that came between the dead letter and the commit.
      if (isParked()) return;
      await this.bus.publish([deadLetter(message, this.group, why)]);
      const { group } = this;
      this.log.error(
        { topic, partition, offset: message.offset, group, ...reasonOf(why) },
        'message dead-lettered',
      );
      await watch.until(isParked, signal);
    });
  }

  /** Keys of the partitions in hand that wait for a redrive. */
  parkedKeys(): number {
    let count = 0;
    for (const [topic, { ledger }] of this.watches)
      count += ledger.all().filter(({ partition }) => this.lanes.has(`${topic} ${partition}`)).length;
    return count;
  }

  /** Reads the dead letters anew when they are needed: the broker that had them was replaced. */
  forgetAll(): void {
    for (const topic of this.watches.keys()) this.forget(topic);
  }

  async close(): Promise<void> {
    this.forgetAll();
    await Promise.all(this.closing);
  }

  private forget(topic: string): void {
    const closing = this.watches.get(topic)?.close();
    this.watches.delete(topic);
    if (!closing) return;
    this.closing.add(closing);
    void closing.finally(() => this.closing.delete(closing));
  }

  private async ensure(topic: string): Promise<LedgerWatch> {
    const watch = this.watches.get(topic);
    if (watch) return watch;
    const { length: partitions } = await this.bus.offsets(topic);
    await this.bus.applyTopics([{ name: deadLetterTopic(topic, this.group), partitions }]);
    return this.watch(topic);
  }

  private watch(topic: string): LedgerWatch {
    const known = this.watches.get(topic);
    if (known) return known;
    const watch = new LedgerWatch(this.bus, this.group, deadLetterTopic(topic, this.group), (record) =>
      this.redriveIfAsked(topic, record.partition, record.key),
    );
    this.watches.set(topic, watch);
    return watch;
  }

  private redriveIfAsked(topic: string, partition: number, key: string): void {
    const watch = this.watches.get(topic);
    const lane = this.lanes.get(`${topic} ${partition}`);
    if (!lane || watch?.ledger.get(partition, key)?.redrive === undefined) return;
    const { bus, group, attempt } = this;
    const dlq = deadLetterTopic(topic, group);
    const work = redrive({ bus, watch, topic: dlq, partition, key, by: group, attempt });
    const redriving = async (signal: AbortSignal): Promise<void> => {
      // Letters that are lost cannot be redriven: the key flows again.
      if (this.watches.get(topic) === watch) await work(signal);
    };
    lane.inTurn(key, (signal) =>
      this.insist(topic, signal, () => redriving(signal)).then(() => !signal.aborted),
    );
  }

  /** Repeats until it succeeds or `signal` fires: nothing about a dead letter is given up because a broker is away. */
  private async insist(topic: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        return await work();
      } catch (error) {
        // Their topic was deleted, and the letters with it: the next try makes it again.
        if (error instanceof UnknownTopic) this.forget(topic);
        this.log.error({ group: this.group, error: nameOf(error) }, 'dead letters not reachable, retrying');
        await pause(delayMs(tries, defaultBackOff), signal);
      }
    }
  }
}
