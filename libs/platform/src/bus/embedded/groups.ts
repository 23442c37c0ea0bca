import { type ConsumerMember } from '../consuming/member.js';
import { UnknownTopic } from '../faults.js';
import { type BusMessage, type SubscribeBusOptions } from '../port.js';
import { Group, PartitionRun } from './group.js';
import { type LogTopic, type MessageLog } from './log.js';
import { type Ownership } from './ownership.js';
import { type Writer } from './writer.js';

const lookForOthersMs = 200;

/** All consumer groups of this process, woken by what it writes itself at once, and by other processes' writes soon. */
export class Groups {
  private readonly groups = new Map<string, Group>();
  private watching: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: MessageLog,
    private readonly writer: () => Writer,
    private readonly ownership: Ownership,
  ) {}

  own(): boolean {
    return this.ownership.take();
  }

  get owns(): boolean {
    return this.ownership.held;
  }

  missing(topics: readonly string[]): string[] {
    return topics.filter((topic) => !this.log.topic(topic));
  }

  async join(name: string, member: ConsumerMember, options: SubscribeBusOptions): Promise<void> {
    const group = this.groups.get(name) ?? new Group((topic) => this.runs(name, topic, options));
    this.groups.set(name, group);
    this.watch();
    await group.join(
      member,
      options.topics.map((topic) => this.topic(topic)),
    );
    this.writer().flush();
  }

  async leave(name: string, member: ConsumerMember): Promise<void> {
    const group = this.groups.get(name);
    await group?.leave(member);
    this.writer().flush();
    if (group?.empty) this.groups.delete(name);
    if (this.groups.size === 0) this.unwatch();
  }

  written(messages: readonly BusMessage[]): void {
    for (const topic of new Set(messages.map((message) => message.topic)))
      for (const group of this.groups.values()) group.wake(topic);
  }

  close(): void {
    this.unwatch();
    this.ownership.release();
  }

  private runs(group: string, topic: LogTopic, { from, ephemeral }: SubscribeBusOptions): PartitionRun[] {
    return topic.ids.map((partitionId, partition) => {
      const store = (next: number): void => {
        if (!ephemeral) this.writer().move({ group, partitionId, next });
      };
      const stored = this.log.position(group, partitionId);
      const position = stored ?? (from === 'end' ? this.log.end(partitionId) : 0);
      if (stored === undefined) store(position);
      return new PartitionRun(topic, partition, this.log, store, position);
    });
  }

  private topic(name: string): LogTopic {
    const topic = this.log.topic(name);
    if (!topic) throw new UnknownTopic(name);
    return topic;
  }

  /** A running consumer keeps its process alive. */
  private watch(): void {
    let version = this.log.dataVersion();
    this.watching ??= setInterval(() => {
      const now = this.log.dataVersion();
      if (now === version) return;
      version = now;
      for (const group of this.groups.values()) group.wakeAll();
    }, lookForOthersMs);
  }

  private unwatch(): void {
    clearInterval(this.watching);
    this.watching = undefined;
  }
}
