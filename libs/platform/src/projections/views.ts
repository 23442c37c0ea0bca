import { type DatabaseSync } from 'node:sqlite';
import { type Projection } from './port.js';

/** State of one projection, for operators. */
export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly state: 'catching-up' | 'live' | 'paused' | 'stopped';
  /** Last position folded in. */
  readonly position?: string;
  readonly eventsApplied: number;
  /** Why it stopped, and at which event; only in state `stopped`. */
  readonly fault?: { readonly eventId: string; readonly type: string; readonly message: string };
}

/** The read models of one process: each projection has its own SQLite file under the data directory. */
export interface Views {
  /** Opens the view and keeps it up to date from the log until `stop`. Resolves when it has caught up once. */
  run(projection: Projection): Promise<void>;
  /** The view's database, for queries. @throws Error if that projection is not running here */
  read(projectionName: string): DatabaseSync;
  status(): readonly ProjectionStatus[];
  stop(): Promise<void>;
}
