import { BusUnavailable } from '../faults.js';
import { type BusMessage } from '../port.js';
import { type MessageLog, type Position } from './log.js';

interface Request {
  readonly messages: readonly BusMessage[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Positions may lag behind the effects, never lead: after a crash the last ones are repeated. */
const positionsEveryMs = 50;

/** Group commit: what is published in one turn of the event loop shares one durable transaction. */
export class Writer {
  private requests: Request[] = [];
  private readonly positions = new Map<string, Position>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly log: MessageLog,
    private readonly written: (messages: readonly BusMessage[]) => void,
  ) {}

  append(messages: readonly BusMessage[]): Promise<void> {
    if (this.closed) return Promise.reject(new BusUnavailable('The bus is closed.'));
    return new Promise((resolve, reject) => {
      this.requests.push({ messages, resolve, reject });
      if (this.requests.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Remembers a position; it is stored with the next messages, or soon. */
  move(position: Position): void {
    this.positions.set(`${position.group} ${position.partitionId}`, position);
    this.timer ??= setTimeout(() => this.flush(), positionsEveryMs);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const requests = this.requests;
    const positions = [...this.positions.values()];
    if (requests.length === 0 && positions.length === 0) return;
    this.requests = [];
    this.positions.clear();
    const messages = requests.flatMap((request) => request.messages);
    try {
      this.log.write(messages, positions);
    } catch (error) {
      for (const request of requests) request.reject(error);
      return;
    }
    for (const request of requests) request.resolve();
    this.written(messages);
  }

  close(): void {
    this.flush();
    this.closed = true;
  }
}
