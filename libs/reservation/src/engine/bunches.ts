import { none } from './memory.js';
import { Records } from './records.js';

/** Fields of a bunch. */
const [type, start, end, group, top, size, next, previous] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/**
 * Demands that are alike: same skills, same cells, same group. A search looks at bunches, so its cost follows the
 * kinds of demand in a cell and not how many agents there are. The bunches of a group, type and first cell are a list.
 */
export class Bunches extends Records {
  type(bunch: number): number {
    return this.read(bunch, type);
  }

  start(bunch: number): number {
    return this.read(bunch, start);
  }

  end(bunch: number): number {
    return this.read(bunch, end);
  }

  group(bunch: number): number {
    return this.read(bunch, group);
  }

  size(bunch: number): number {
    return this.read(bunch, size);
  }

  /** The first of its demands. */
  top(bunch: number): number {
    return this.read(bunch, top);
  }

  /** Puts a demand on top, or takes one off, and names the top. */
  resize(bunch: number, by: 1 | -1, newTop: number): void {
    this.write(bunch, size, this.size(bunch) + by);
    this.write(bunch, top, newTop);
  }

  /** The next bunch of the same group, type and first cell. */
  next(bunch: number): number {
    return this.read(bunch, next);
  }

  /** An empty bunch at the head of a list. */
  openAt(head: number, itsType: number, itsStart: number, itsEnd: number, itsGroup: number): number {
    const bunch = this.open();
    this.write(bunch, type, itsType);
    this.write(bunch, start, itsStart);
    this.write(bunch, end, itsEnd);
    this.write(bunch, group, itsGroup);
    this.write(bunch, top, none);
    this.write(bunch, size, 0);
    this.write(bunch, next, head);
    this.write(bunch, previous, none);
    if (head !== none) this.write(head, previous, bunch);
    return bunch;
  }

  /** Takes an empty bunch out of its list, and gives the list's new head: `head` unless that was the bunch. */
  closeAt(bunch: number, head: number): number {
    const [before, after] = [this.read(bunch, previous), this.read(bunch, next)];
    if (after !== none) this.write(after, previous, before);
    if (before !== none) this.write(before, next, after);
    this.close(bunch);
    return head === bunch ? after : head;
  }
}
