import { type EventStore, type Position } from '../event-store/port.js';
import { compareViews, type TableComparison } from './compare.js';
import { foldLog } from './fold-log.js';
import { type Projection } from './port.js';
import { FoldFault, type ViewFile } from './view-file.js';
import { type ReplayKind, type ReplayStatus, type ViewFault } from './views.js';

/** The view at work, as a replay needs it. */
export interface LiveView {
  /** Runs `work` while nothing is folded in by anyone else. */
  hold<Answer>(work: (file: ViewFile) => Promise<Answer>): Promise<Answer>;
  /** Readers and folding go on with another file. Only while held. */
  switchTo(file: ViewFile, keepOld: boolean): void;
}

export interface ReplayParts {
  readonly kind: ReplayKind;
  readonly projection: Projection;
  readonly store: EventStore;
  readonly live: LiveView;
  /** Empty, or for a rollback the file that was kept. */
  readonly file: ViewFile;
  readonly signal: AbortSignal;
}

const comparing: readonly ReplayKind[] = ['blue-green', 'dry-run'];
const passes = 3;
const keepingOld: readonly ReplayKind[] = ['blue-green', 'rollback'];

/**
 * Brings a second file of a view level with the log while the live one is read and folded as always, then puts it in the
 * live one's place. Whoever reads the view never sees it half-built, and never sees it go back.
 */
export class Replay {
  private state: ReplayStatus['state'] = 'building';
  private comparison: readonly TableComparison[] | undefined;
  private fault: ViewFault | undefined;
  private head: Position | undefined;
  private applied = 0;
  private share = 0;
  private readonly began = performance.now();
  private elapsedMs = 0;

  constructor(private readonly parts: ReplayParts) {}

  status(): ReplayStatus {
    return {
      kind: this.parts.kind,
      state: this.state,
      eventsApplied: this.applied,
      share: this.share,
      elapsedMs: Math.round(this.elapsedMs || performance.now() - this.began),
      ...(this.comparison && { comparison: this.comparison }),
      ...(this.fault && { fault: this.fault }),
    };
  }

  /** Resolves when it is over, whichever way: see `status`. */
  async run(): Promise<void> {
    const { file, kind } = this.parts;
    try {
      await this.build();
      if (comparing.includes(kind)) await this.compare();
      if (kind === 'dry-run') this.end('discarded');
      else await this.takePlace();
    } catch (fault) {
      this.fault = faultOf(fault);
    }
    if (this.state === 'switched') return;
    if (this.state !== 'discarded') this.end('failed');
    if (kind === 'rollback') file.close();
    else file.delete();
  }

  private async build(): Promise<void> {
    const { store, kind, file } = this.parts;
    if (kind === 'rollback' && !(await file.isOf(store)))
      throw new Error('The file kept for going back was folded from another log.');
    // Each pass leaves what was stored during it: the last one leaves little enough to fold while the live one waits.
    for (let pass = 1; pass <= passes; pass += 1) {
      this.head = await store.head();
      await this.fold(file, this.head);
    }
    this.share = 1;
  }

  /** Compares both as they are at one position; a live view that cannot come to it is not compared. */
  private async compare(): Promise<void> {
    this.state = 'comparing';
    const views = await this.parts.live.hold(async (old) => {
      if (!(await this.level(old))) return undefined;
      return [old.snapshot(), this.parts.file.snapshot()] as const;
    });
    if (!views) return;
    try {
      this.comparison = await compareViews(...views);
    } finally {
      for (const view of views) view.close();
    }
  }

  private async takePlace(): Promise<void> {
    this.state = 'switching';
    const { live, file, kind } = this.parts;
    await live.hold(async (old) => {
      await this.fold(file, old.checkpoint().position);
      live.switchTo(file, keepingOld.includes(kind));
      this.end('switched');
    });
  }

  /** Folds whichever is behind up to the other. @returns false if the live one cannot take an event */
  private async level(old: ViewFile): Promise<boolean> {
    const { file } = this.parts;
    await this.fold(file, old.checkpoint().position);
    try {
      await this.fold(old, file.checkpoint().position);
      return true;
    } catch (fault) {
      if (fault instanceof FoldFault) return false;
      throw fault;
    }
  }

  private fold(file: ViewFile, upTo: Position | null | undefined): Promise<void> {
    const { store, projection, signal } = this.parts;
    const { filter } = projection;
    return foldLog(file, { store, filter, signal, upTo, onProgress: () => this.progress() });
  }

  private progress(): void {
    const { position, applied } = this.parts.file.checkpoint();
    this.applied = applied;
    this.share = Math.max(this.share, shareOf(position ?? '0', this.head ?? '0'));
  }

  private end(state: 'switched' | 'discarded' | 'failed'): void {
    this.state = state;
    this.elapsedMs = performance.now() - this.began;
  }
}

/** Positions begin with a number that grows with the log, in every adapter. */
const shareOf = (position: Position, head: Position): number =>
  Math.min(1, Number.parseInt(position, 10) / Math.max(1, Number.parseInt(head, 10)));

/** What operators are told about a fault of a view: at which event, and why. */
export function faultOf(fault: unknown): ViewFault {
  const cause = fault instanceof FoldFault ? fault.cause : fault;
  const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown';
  if (!(fault instanceof FoldFault)) return { eventId: '', type: '', message };
  const { id: eventId, type, stream, revision } = fault.event;
  return { eventId, type, stream, revision, message };
}
