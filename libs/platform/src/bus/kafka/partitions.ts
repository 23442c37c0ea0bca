import { type Consumer } from 'kafkajs';
import { Lane } from '../consuming/lane.js';
import { nameOf } from '../consuming/settle.js';
import { type PartitionOffsets } from '../port.js';
import { type KafkaConsumerParts } from './consumer.js';
import { nameOfPartition, Places } from './places.js';

const commitEveryMs = 100;
const commitAgainMs = 1_000;
/** Enough to do while the next fetch is on its way; more would only lie in memory. */
const pendingEnough = 100;
/** How long the fetch loop waits for one partition before it goes on without it. */
const patienceMs = 50;

interface Held {
  readonly topic: string;
  readonly partition: number;
  readonly lane: Lane;
  /** What the cluster knows of our position; -1 if nothing. */
  committed: number;
  /** Set while fetching waits, or is paused, because enough is pending. */
  relieved?: () => void;
}

/** The partitions in a member's hands, over all its sessions: lanes, positions, commits, back-pressure. */
export class Partitions {
  private readonly held = new Map<string, Held>();
  /** Ends of lanes that were given up: a partition that comes back waits for its last messages in hand. */
  private readonly leaving = new Map<string, Promise<void>>();
  private readonly places: Places;
  private consumer: Consumer | undefined;
  private generation = 0;
  private timer: NodeJS.Timeout | undefined;
  private committing: Promise<void> = Promise.resolve();

  constructor(
    private readonly group: string,
    private readonly parts: KafkaConsumerParts,
  ) {
    this.places = new Places(parts);
  }

  /** To be awaited before the first join. */
  rememberStarts(): Promise<void> {
    return this.places.rememberStarts();
  }

  lane(topic: string, partition: number): Lane | undefined {
    return this.held.get(nameOfPartition(topic, partition))?.lane;
  }

  /**
   * Back-pressure, to be awaited before the next fetch: it waits a moment for the partition to have done most of what it
   * has; if that is not enough, fetching of the partition pauses until it has, and the other partitions go on.
   */
  async relieve(topic: string, partition: number, pause: () => () => void): Promise<void> {
    const name = nameOfPartition(topic, partition);
    const held = this.held.get(name);
    if (!held || held.lane.pending <= pendingEnough) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    held.relieved = resolve;
    const timer = setTimeout(() => {
      if (this.held.get(name) === held) held.relieved = pause();
      resolve();
    }, patienceMs);
    await promise;
    clearTimeout(timer);
  }

  /** Nothing new begins: the partitions may soon be someone else's. */
  hold(): void {
    for (const { lane } of this.held.values()) lane.hold();
  }

  /** Takes up what the group gave to this member. Resolves true when messages flow, false if the group changed again. */
  async assign(consumer: Consumer, assignment: Readonly<Record<string, number[]>>): Promise<boolean> {
    if (this.parts.member.stopped) return false;
    this.generation += 1;
    const { generation } = this;
    const topics = Object.entries(assignment).map(([topic, partitions]) => ({ topic, partitions }));
    consumer.pause(topics);
    for (const held of this.held.values()) this.release(held);
    this.consumer = consumer;
    const { admin, member, options, place, log } = this.parts;
    if (await this.places.moved()) {
      log.warn(
        { group: this.group },
        'another cluster answers than before: its topics are read from their begin',
      );
      member.forget();
    }
    const taking = topics.map(async ({ topic, partitions }) => {
      const offsets = await admin.offsets(topic, options.ephemeral ? undefined : this.group);
      await member.prepare(topic, partitions);
      const wanted = place ? partitions.filter((partition) => partition === place.partition) : partitions;
      await Promise.all(
        wanted.map((partition) => this.take(topic, partition, offsets[partition], consumer, generation)),
      );
    });
    await Promise.all(taking);
    if (generation !== this.generation) return false;
    await this.commit();
    return true;
  }

  /** Commits what is done. It never rejects: what was not committed is repeated at worst. */
  commit(): Promise<void> {
    this.committing = this.committing.then(() => this.store());
    return this.committing;
  }

  /** Lets what is in hand finish, and commits it. */
  async drain(): Promise<void> {
    this.generation += 1;
    await Promise.all([...this.held.values()].map(({ lane }) => lane.stop()));
    await Promise.all(this.leaving.values());
    await this.commit();
    for (const held of this.held.values()) this.release(held);
    clearTimeout(this.timer);
  }

  private async take(
    topic: string,
    partition: number,
    offsets: PartitionOffsets | undefined,
    consumer: Consumer,
    generation: number,
  ): Promise<void> {
    const { member } = this.parts;
    const name = nameOfPartition(topic, partition);
    await this.leaving.get(name);
    if (generation !== this.generation) return;
    const committed = Number(offsets?.committed ?? -1);
    const lane = new Lane({
      position: this.places.startOf(name, offsets),
      maxInFlight: member.maxInFlight,
      perKey: member.perKey,
      orderBy: member.orderBy,
      settle: (message, signal) => member.settle(message, signal),
      onProgress: () => this.progress(name),
    });
    this.held.set(name, { topic, partition, lane, committed });
    member.holds(topic, partition, lane);
    consumer.seek({ topic, partition, offset: String(lane.position) });
    consumer.resume([{ topic, partitions: [partition] }]);
  }

  private release(held: Held): void {
    const { topic, partition, lane } = held;
    const name = nameOfPartition(topic, partition);
    this.held.delete(name);
    this.places.leave(name, held);
    this.parts.member.holds(topic, partition, undefined);
    this.leaving.set(name, lane.stop());
  }

  private progress(name: string): void {
    const held = this.held.get(name);
    if (!held) return;
    if (held.relieved && held.lane.pending <= pendingEnough) {
      held.relieved();
      delete held.relieved;
    }
    if (held.lane.position > held.committed)
      this.timer ??= setTimeout(() => void this.commit(), commitEveryMs);
  }

  private async store(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.parts.options.ephemeral) return;
    const due = [...this.held.values()].flatMap((held) => {
      const { position } = held.lane;
      return position > held.committed ? [{ held, position }] : [];
    });
    if (due.length === 0) return;
    try {
      await this.consumer?.commitOffsets(
        due.map(({ held: { topic, partition }, position }) => ({
          topic,
          partition,
          offset: String(position),
        })),
      );
      for (const { held, position } of due) held.committed = position;
    } catch (error) {
      this.parts.log.debug(
        { group: this.group, error: nameOf(error) },
        'offsets not committed, trying again',
      );
      this.timer ??= setTimeout(() => void this.commit(), commitAgainMs);
    }
  }
}
