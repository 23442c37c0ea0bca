import { type ExpectedRevision, type Revision, type StreamName } from './port.js';

/** Someone else wrote first: load the stream again and decide again. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
  constructor(
    readonly stream: StreamName,
    readonly expected: ExpectedRevision,
    readonly actual: Revision | 'none',
  ) {
    super(`Stream "${stream}" is at revision ${actual}, not ${expected}: load it again and decide again.`);
  }
}

/** The store cannot be reached, takes nothing, or was closed. A retry may succeed. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** Why, in words for an operator, as `the disk is full`; absent if only the message tells. */
  readonly reason?: string;
  constructor(message: string, { reason, ...options }: ErrorOptions & { readonly reason?: string } = {}) {
    super(message, options);
    if (reason !== undefined) this.reason = reason;
  }
}

export class InvalidStreamName extends Error {
  override readonly name = 'InvalidStreamName';
  constructor(readonly stream: string) {
    super(`"${stream}" is not a stream name: <category>-<id>, 3–200 printable ASCII characters, no spaces.`);
  }
}

/** The append would bring the named event type's batch past the limit. Nothing was written. */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
  constructor(
    readonly type: string,
    readonly sizeBytes: number,
    readonly limitBytes: number,
  ) {
    super(
      `With event ${type} the append has ${sizeBytes} bytes of JSON; at most ${limitBytes} are stored at once.`,
    );
  }
}
