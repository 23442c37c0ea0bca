import { randomUUID } from 'node:crypto';
import { type Logger } from 'pino';
import { pause } from '../consuming/back-off.js';
import { type ConsumerMember } from '../consuming/member.js';
import { BusUnavailable } from '../faults.js';
import { type BusConsumer, type ConsumerStatus, type SubscribeBusOptions } from '../port.js';
import { type Groups } from './groups.js';

const askAgainMs = 100;

/** A member of a group in this process. */
export class EmbeddedConsumer implements BusConsumer {
  readonly ready: Promise<void>;
  private readonly stopping = new AbortController();
  private readonly group: string;

  constructor(
    private readonly groups: Groups,
    private readonly member: ConsumerMember,
    private readonly options: SubscribeBusOptions,
    private readonly log: Logger,
  ) {
    this.group = options.ephemeral ? `${options.group}.${randomUUID()}` : options.group;
    this.ready = this.start();
    this.ready.catch(() => undefined);
  }

  healthy(): boolean {
    return !this.stopping.signal.aborted;
  }

  status(): ConsumerStatus {
    return this.member.status();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.member.stop();
    await this.ready.catch(() => undefined);
    await this.groups.leave(this.group, this.member);
    await this.member.close();
  }

  private async start(): Promise<void> {
    // What stores no offsets disturbs no one: only the others must be alone.
    await this.until(
      () => this.options.ephemeral === true || this.groups.own(),
      'another process consumes from this bus file: waiting until it ends',
    );
    await this.until(
      () => this.groups.missing(this.options.topics).length === 0,
      `waiting for topics: ${this.groups.missing(this.options.topics).join(', ')}`,
    );
    await this.groups.join(this.group, this.member, this.options);
  }

  private async until(condition: () => boolean, waiting: string): Promise<void> {
    for (let asked = 0; !condition(); asked += 1) {
      if (asked === 0) this.log.warn({ group: this.group }, waiting);
      await pause(askAgainMs, this.stopping.signal);
      if (this.stopping.signal.aborted)
        throw new BusUnavailable('The consumer was stopped before it was ready.');
    }
  }
}
