/**
 * A CloudEvents 1.0 event with JSON data. Extensions in use: `partitionkey`, `correlationid`, `causationid`,
 * `sequence`, `recordedtime`, `traceparent`, `tracestate`.
 */
export interface CloudEvent<Data = unknown> {
  /** Unique within its source: the same source and id again is the same event. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** ISO 8601. */
  readonly time?: string;
  readonly subject?: string;
  readonly dataschema?: string;
  /** By name; lower-case letters and digits. */
  readonly extensions: Readonly<Record<string, string>>;
  /** null: a tombstone, which deletes its key on a compacted topic. */
  readonly data: Data | null;
}
