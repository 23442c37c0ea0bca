import { Lane } from '../consuming/lane.js';
import { type ConsumerMember } from '../consuming/member.js';
import { type LogTopic, type MessageLog } from './log.js';

/** A page is read when no more than this many messages of the partition are pending. */
const readAheadBelow = 256;

/** One partition of one group: reads ahead, and hands over from member to member without overlap. */
export class PartitionRun {
  private lane: Lane | undefined;
  /** False once a read came back empty: only a wake-up can change that. */
  private more = true;
  private owner: ConsumerMember | undefined;
  private changing = Promise.resolve();

  constructor(
    private readonly topic: LogTopic,
    private readonly partition: number,
    private readonly log: MessageLog,
    private readonly store: (next: number) => void,
    private position: number,
  ) {}

  /** Gives the partition to a member, or to none, once the last owner's messages in hand are done. */
  assign(member: ConsumerMember | undefined): Promise<void> {
    this.changing = this.changing.then(() => this.change(member));
    return this.changing;
  }

  /** There is something to read. */
  wake(): void {
    this.more = true;
    this.fill();
  }

  private fill(): void {
    const { lane } = this;
    if (!lane || !this.more || lane.pending > readAheadBelow) return;
    const page = this.log.read(this.topic, this.partition, lane.next);
    this.more = page.length > 0;
    lane.deliver(page);
  }

  private async change(member: ConsumerMember | undefined): Promise<void> {
    if (member === this.owner) return;
    const { name } = this.topic;
    const last = this.lane;
    this.lane = undefined;
    await last?.stop();
    this.owner?.holds(name, this.partition, undefined);
    this.owner = member;
    if (!member) return;
    await member.prepare(name, [this.partition]);
    if (member.stopped) return;
    const lane = new Lane({
      position: this.position,
      maxInFlight: member.maxInFlight,
      perKey: member.perKey,
      orderBy: member.orderBy,
      settle: (message, signal) => member.settle(message, signal),
      onProgress: (position) => this.progress(position),
    });
    this.lane = lane;
    member.holds(name, this.partition, lane);
    this.wake();
  }

  private progress(position: number): void {
    if (position > this.position) {
      this.position = position;
      this.store(position);
    }
    this.fill();
  }
}

/** The members of one group in this process, and the partitions that they share. */
export class Group {
  private readonly members: ConsumerMember[] = [];
  private readonly runs = new Map<string, PartitionRun[]>();

  constructor(private readonly runsOf: (topic: LogTopic) => PartitionRun[]) {}

  get empty(): boolean {
    return this.members.length === 0;
  }

  async join(member: ConsumerMember, topics: readonly LogTopic[]): Promise<void> {
    for (const topic of topics) if (!this.runs.has(topic.name)) this.runs.set(topic.name, this.runsOf(topic));
    this.members.push(member);
    await this.share();
  }

  async leave(member: ConsumerMember): Promise<void> {
    const at = this.members.indexOf(member);
    if (at >= 0) this.members.splice(at, 1);
    await this.share();
  }

  wake(topic: string): void {
    for (const run of this.runs.get(topic) ?? []) run.wake();
  }

  wakeAll(): void {
    for (const topic of this.runs.keys()) this.wake(topic);
  }

  private async share(): Promise<void> {
    const changes = [...this.runs].flatMap(([topic, runs]) => {
      const candidates = this.members.filter((member) => member.topics.has(topic));
      return runs.map((run, partition) => run.assign(candidates[partition % candidates.length]));
    });
    await Promise.all(changes);
  }
}
