import { DatabaseSync } from 'node:sqlite';

/**
 * The right to consume from a bus file: held by one process, and free the moment that process ends, however it ends.
 * It is an operating system lock on a file beside the log, taken through SQLite; nothing is ever written to it.
 */
export class Ownership {
  private lock: DatabaseSync | undefined;
  held: boolean;

  constructor(private readonly file: string) {
    this.held = file === ':memory:';
  }

  /** True if this object now holds, or already held, the right. */
  take(): boolean {
    if (this.held) return true;
    const lock = new DatabaseSync(`${this.file}.owner`, { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch {
      lock.close();
      return false;
    }
    this.lock = lock;
    this.held = true;
    return true;
  }

  release(): void {
    this.lock?.close();
    this.lock = undefined;
    this.held = false;
  }
}
