/** An event as it comes out of the log: its type says what its data is (`domainEvent`). */
export interface Stored {
  readonly type: string;
  readonly data: unknown;
}
