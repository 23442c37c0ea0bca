import { type DatabaseSync } from 'node:sqlite';
import { type Position } from '../event-store/port.js';
import { type Projection } from './port.js';

/** State of one projection, for operators. */
export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly state: 'catching-up' | 'live' | 'paused' | 'stopped';
  /** True once it has been level with the log in this process: its answers are present ones, or were until it stopped. */
  readonly wasLive: boolean;
  /** Last position folded in. */
  readonly position?: Position;
  /** When the last folded event was recorded (ISO 8601). */
  readonly upTo?: string;
  /** Events folded in since the view was begun. */
  readonly eventsApplied: number;
  /** Why it stopped, and at which event; only in state `stopped`. */
  readonly fault?: { readonly eventId: string; readonly type: string; readonly message: string };
}

/** The read models of one service in one process: each projection has its own SQLite file under the data directory. */
export interface Views {
  /**
   * Opens the view and keeps it up to date from the log until `stop`. Resolves when it has caught up once, or when it
   * has stopped at an event that its fold cannot take (see `status`): others go on.
   */
  run(projection: Projection): Promise<void>;
  /**
   * The view's database, for queries; it cannot write. Ask for it at each query: a replay replaces the file.
   * @throws Error if that projection is not running here
   */
  read(projectionName: string): DatabaseSync;
  /**
   * Read your own write: resolves true as soon as the event at this position is folded in, false after `withinMs` of
   * wall time. The event must match the projection's filter.
   */
  waitFor(projectionName: string, position: Position, withinMs: number): Promise<boolean>;
  /** Stops folding; the view stays readable. */
  pause(projectionName: string): Promise<void>;
  /** Goes on after `pause`, or at the event where it stopped. Resolves when level with the log. */
  resume(projectionName: string): Promise<void>;
  /** Throws the view away and folds the whole log again. Resolves when level with the log. */
  replay(projectionName: string): Promise<void>;
  status(): readonly ProjectionStatus[];
  stop(): Promise<void>;
}
