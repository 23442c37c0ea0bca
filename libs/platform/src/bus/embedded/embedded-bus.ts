import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Clock } from '@handover/kernel';
import { type Logger, pino } from 'pino';
import { Consumers } from '../consuming/consumers.js';
import { ConsumerMember } from '../consuming/member.js';
import { nameOf } from '../consuming/settle.js';
import { BusUnavailable, UnknownTopic } from '../faults.js';
import {
  type BrowseOptions,
  type Bus,
  type BusConsumer,
  type BusMessage,
  type ConsumerStatus,
  type LoggedMessage,
  type PartitionOffsets,
  type SubscribeBusOptions,
  type TopicOutcome,
  type TopicSpec,
} from '../port.js';
import { sizeOf } from '../size.js';
import { EmbeddedConsumer } from './consumer.js';
import { Groups } from './groups.js';
import { MessageLog } from './log.js';
import { Ownership } from './ownership.js';
import { Trimmer } from './retention.js';
import { applyTopic } from './topics.js';
import { Writer } from './writer.js';

export interface EmbeddedBusOptions {
  /** The log's file (its directory is created), or `:memory:`. */
  readonly file: string;
  /** Time of the messages, and of their retention; default: the wall clock. */
  readonly clock?: Clock;
  readonly log?: Logger;
}

/** Often enough that a process which never lives for long trims too. */
const trimEveryMs = 60_000;

/**
 * The bus in one SQLite file, without a server. One process consumes; others may publish, browse and apply topics
 * meanwhile (a second consuming process waits until the first has ended). ADR 0010.
 */
class EmbeddedBus implements Bus {
  private readonly tables: MessageLog;
  private readonly writer: Writer;
  private readonly groups: Groups;
  private readonly running = new Consumers();
  private readonly trimmer: Trimmer;
  private readonly trimming: NodeJS.Timeout;
  private closed = false;

  constructor(
    file: string,
    now: () => number,
    private readonly log: Logger,
  ) {
    this.tables = new MessageLog(file, now);
    this.groups = new Groups(this.tables, () => this.writer, new Ownership(file));
    this.writer = new Writer(this.tables, (messages) => this.groups.written(messages));
    this.trimmer = new Trimmer(this.tables, now);
    this.trimming = setInterval(() => this.groups.owns && void this.trim(), trimEveryMs).unref();
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    this.open();
    for (const message of messages) {
      const { topic, partition = 0 } = message;
      if (partition >= (this.tables.topic(topic)?.partitions ?? 0)) throw new UnknownTopic(topic);
      sizeOf(message);
    }
    if (messages.length > 0) await this.writer.append(messages);
  }

  subscribe(options: SubscribeBusOptions): BusConsumer {
    this.open();
    const member = new ConsumerMember(this, options, this.log);
    return this.running.add(new EmbeddedConsumer(this.groups, member, options, this.log));
  }

  async *browse(name: string, { partition, from, to }: BrowseOptions): AsyncIterable<LoggedMessage> {
    this.open();
    const topic = this.tables.topic(name);
    const id = topic?.ids[partition];
    if (!topic || id === undefined) return;
    const last = to === undefined ? this.tables.end(id) - 1 : Number(to);
    for (let next = Number(from ?? 0); next <= last;) {
      this.open();
      const page = this.tables.read(topic, partition, next);
      if (page.length === 0) return;
      for (const message of page) {
        next = Number(message.offset) + 1;
        if (next <= last + 1) yield message;
      }
    }
  }

  async offsets(name: string, group?: string): Promise<readonly PartitionOffsets[]> {
    this.open();
    const topic = this.tables.topic(name);
    return topic ? this.tables.offsets(topic, group) : [];
  }

  async topics(): Promise<readonly string[]> {
    this.open();
    return this.tables.topicNames();
  }

  async applyTopics(
    topics: readonly TopicSpec[],
    { dryRun = false }: { readonly dryRun?: boolean } = {},
  ): Promise<readonly TopicOutcome[]> {
    this.open();
    return topics.map((topic) => applyTopic(this.tables, topic, dryRun));
  }

  consumers(): readonly ConsumerStatus[] {
    return this.running.status();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    await this.running.stop();
    this.closed = true;
    clearInterval(this.trimming);
    this.trimmer.stop();
    this.groups.close();
    this.writer.close();
    this.tables.close();
  }

  private async trim(): Promise<void> {
    try {
      await this.trimmer.run();
    } catch (error) {
      this.log.warn({ error: nameOf(error) }, 'bus file not trimmed, trying again');
    }
  }

  private open(): void {
    if (this.closed) throw new BusUnavailable('The bus is closed.');
  }
}

/** Opens the bus that needs no server. @throws BusUnavailable if the file cannot be opened or written */
export function embeddedBus({ file, clock, log }: EmbeddedBusOptions): Bus {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  return new EmbeddedBus(file, () => clock?.now() ?? Date.now(), log ?? pino({ enabled: false }));
}
