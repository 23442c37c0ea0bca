import { type DatabaseSync } from 'node:sqlite';
import { type EventFilter, type StoredEvent } from '../event-store/port.js';

/**
 * A read model: tables, and the fold that fills them from the log.
 * `apply` writes only to the given database; view rows and checkpoint commit in one transaction, so each event takes
 * effect exactly once. It must be deterministic: no clock, no randomness, no I/O besides the view. A replay therefore
 * has no other effect, and gives the same rows again.
 */
export interface Projection {
  /** Unique, kebab-case; names the view's file: `handover-status`. */
  readonly name: string;
  /** Change it when tables or fold change: the view is then rebuilt from the begin of the log. */
  readonly version: number;
  readonly filter: EventFilter;
  /** SQL that creates the tables (idempotent not needed: it runs once on an empty file). */
  readonly schema: string;
  apply(event: StoredEvent, view: DatabaseSync): void;
}
