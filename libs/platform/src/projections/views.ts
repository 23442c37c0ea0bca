import { type DatabaseSync } from 'node:sqlite';
import { type Position, type Revision } from '../event-store/port.js';
import { type TableComparison } from './compare.js';
import { type Projection } from './port.js';

/** What stopped a view. Without an event (empty `eventId`) it was not the fold: the log could not be read. */
export interface ViewFault {
  readonly eventId: string;
  readonly type: string;
  readonly stream?: string;
  readonly revision?: Revision;
  /** Name and message of the error. */
  readonly message: string;
}

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
  /** Why it stopped, and at which event. While `catching-up`: why the file takes nothing now, at no event; it is tried again. */
  readonly fault?: ViewFault;
  /** Name of the file that is read. */
  readonly file: string;
  /** Name of the file kept for `rollback`. */
  readonly previous?: string;
  /** The replay or rollback under way, or the last one of this process. */
  readonly replay?: ReplayStatus;
}

/**
 * `replay`: fold the whole log again beside the live view, switch, remove the old file. `blue-green`: also compare before
 * the switch, and keep the old file. `dry-run`: compare, change nothing. `rollback`: back to the file that was kept.
 */
export type ReplayKind = 'replay' | 'blue-green' | 'dry-run' | 'rollback';

/** How far a replay is. */
export interface ReplayStatus {
  readonly kind: ReplayKind;
  /** It is over when `switched`, `discarded` (a dry run) or `failed`; then the live view is as it was. */
  readonly state: 'building' | 'comparing' | 'switching' | 'switched' | 'discarded' | 'failed';
  readonly eventsApplied: number;
  /** Share of the log that it is through with, 0 to 1. */
  readonly share: number;
  /** Wall time. */
  readonly elapsedMs: number;
  /** Live and new view at one position; absent if not asked for, or if the live one is stopped at an event. */
  readonly comparison?: readonly TableComparison[];
  readonly fault?: ViewFault;
}

/** A projection is replayed or rolled back already: one at a time. */
export class ReplayUnderWay extends Error {
  override readonly name = 'ReplayUnderWay';
}

/** There is no file to go back to: none was kept by a blue-green replay. */
export class NothingKept extends Error {
  override readonly name = 'NothingKept';
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
  /**
   * Folds the whole log again beside the live view, then switches; readers see the old rows until they see all the new
   * ones. A paused or stopped view is live afterwards. Resolves when over; `status` tells how it ended.
   * @throws ReplayUnderWay
   */
  replay(projectionName: string, kind?: Exclude<ReplayKind, 'rollback'>): Promise<ReplayStatus>;
  /**
   * Back to the file that the last blue-green replay kept, brought level with the log first. What was live is kept.
   * @throws NothingKept, ReplayUnderWay
   */
  rollback(projectionName: string): Promise<ReplayStatus>;
  status(): readonly ProjectionStatus[];
  stop(): Promise<void>;
}
