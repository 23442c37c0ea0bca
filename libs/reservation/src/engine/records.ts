import { at, grown, none } from './memory.js';

const recordSize = 8;

/**
 * Numbered records of eight whole numbers, each within one line of the processor's cache; numbers of closed ones are
 * used again. The fields are named by the classes that extend it.
 */
export class Records {
  /** Records in use or vacant: a bound for memory indexed by record. */
  extent = 0;
  private memory: Int32Array = new Int32Array(64 * recordSize);
  private vacant = none;

  read(record: number, field: number): number {
    return at(this.memory, record * recordSize + field);
  }

  write(record: number, field: number, value: number): void {
    this.memory[record * recordSize + field] = value;
  }

  protected open(): number {
    if (this.vacant !== none) {
      const record = this.vacant;
      this.vacant = this.read(record, 0);
      return record;
    }
    this.memory = grown(this.memory, (this.extent + 1) * recordSize);
    this.extent += 1;
    return this.extent - 1;
  }

  protected close(record: number): void {
    this.write(record, 0, this.vacant);
    this.vacant = record;
  }
}
