/** The message itself is wrong (not JSON, a field breaks a rule, refers to nothing): no retry can help, dead-letter it. */
export class MessageFault extends Error {
  override readonly name = 'MessageFault';
  constructor(
    /** What is wrong, without personal data; goes into the dead letter's headers. */
    readonly reason: string,
    /** Field paths and rules, if validation failed. */
    readonly violations: readonly { readonly field: string; readonly rule: string }[] = [],
  ) {
    super(reason);
  }
}

/** The broker cannot be reached, or the bus was closed. A retry may succeed. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
}

export class UnknownTopic extends Error {
  override readonly name = 'UnknownTopic';
  constructor(readonly topic: string) {
    super(`Topic "${topic}" does not exist. Create it with "handover topics apply".`);
  }
}

/** Kafka's default takes 1,048,588 bytes with framing; the rest is room for the headers of a dead letter. */
export const messageLimitBytes = 1_000_000;

export class MessageTooLarge extends Error {
  override readonly name = 'MessageTooLarge';
  constructor(
    readonly topic: string,
    readonly sizeBytes: number,
  ) {
    super(
      `A message for "${topic}" has ${sizeBytes} bytes of key, value and headers; at most ${messageLimitBytes} are published.`,
    );
  }
}

export class NothingParked extends Error {
  override readonly name = 'NothingParked';
  constructor(
    readonly topic: string,
    readonly partition: number,
  ) {
    super(
      `"${topic}" holds no letters of this key in partition ${partition}: list what is parked, and try again.`,
    );
  }
}
