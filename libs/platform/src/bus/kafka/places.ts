import { type PartitionOffsets } from '../port.js';
import { type KafkaConsumerParts } from './consumer.js';

/** How far this member came in a partition. Read when it is needed: what was in hand may still end. */
export interface Reached {
  /** Everything before its position was done here. */
  readonly lane: { readonly position: number };
  /** What the cluster knew of that; -1 if nothing. */
  readonly committed: number;
}

/**
 * Where partitions are taken up. Memory of a log that is there no longer must not count: a place in a lost log lies
 * behind messages of the new one that nobody has seen. When in doubt it is the earlier place. ADR 0140.
 */
export class Places {
  private readonly reached = new Map<string, Reached>();
  /** Where partitions without a committed offset are taken up; absent: at their begin. */
  private readonly starts = new Map<string, number>();
  private cluster: string | undefined;

  constructor(private readonly parts: KafkaConsumerParts) {}

  /** Notes, before the first join, which cluster it is and where a group without offsets begins: at the end as of now. */
  async rememberStarts(): Promise<void> {
    const { options, admin, place } = this.parts;
    if (this.cluster !== undefined) return;
    const cluster = await admin.cluster();
    for (const topic of options.topics) {
      if (place) this.starts.set(nameOfPartition(topic, place.partition), place.from);
      if (options.from !== 'end') continue;
      for (const { partition, end } of await admin.offsets(topic))
        this.starts.set(nameOfPartition(topic, partition), Number(end));
    }
    this.cluster = cluster;
  }

  /** Forgets everything, and resolves true, if another cluster answers than before. */
  async moved(): Promise<boolean> {
    const cluster = await this.parts.admin.cluster();
    if (cluster === this.cluster) return false;
    this.cluster = cluster;
    this.reached.clear();
    this.starts.clear();
    return true;
  }

  leave(name: string, reached: Reached): void {
    this.reached.set(name, reached);
  }

  /** A partition that ends before our place was made anew: it is taken up from its begin. */
  startOf(name: string, offsets: PartitionOffsets | undefined): number {
    const begin = Number(offsets?.begin ?? 0);
    const place = Math.max(begin, this.placeIn(name, Number(offsets?.committed ?? -1)) ?? begin);
    return place > Number(offsets?.end ?? Infinity) ? begin : place;
  }

  /** What was done here counts only while the group's offset is as we left it: otherwise others went on, or a log is new. */
  private placeIn(name: string, committed: number): number | undefined {
    const reached = this.reached.get(name);
    const start = this.starts.get(name);
    if (this.parts.options.ephemeral) return reached?.lane.position ?? start;
    if (committed >= 0) return reached?.committed === committed ? reached.lane.position : committed;
    const isLost = (reached?.committed ?? -1) >= 0;
    return isLost ? undefined : start;
  }
}

export const nameOfPartition = (topic: string, partition: number): string => `${topic} ${partition}`;
