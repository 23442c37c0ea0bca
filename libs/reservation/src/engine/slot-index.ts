import { at, grown, none } from './memory.js';

/** Characters hashed, from the end: ids differ there. */
const hashedLength = 16;

function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = Math.max(0, id.length - hashedLength); index < id.length; index += 1)
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}

/**
 * Finds a slot by its id: open addressing with linear probing (Knuth 6.4, algorithms L and R), at most half full. Hashes
 * lie beside the slots, so a probe seldom touches a string; twice as fast as a Map at hundreds of thousands of ids.
 */
export class SlotIndex {
  /** Ids in use. */
  count = 0;
  private slots: Int32Array = new Int32Array(128).fill(none);
  /** By slot. */
  private hashes: Int32Array = new Int32Array(64);
  private readonly ids: (string | undefined)[] = [];

  find(id: string): number | undefined {
    const hash = hashOf(id);
    for (let place = this.home(hash); ; place = this.after(place)) {
      const slot = at(this.slots, place);
      if (slot === none) return undefined;
      if (at(this.hashes, slot) === hash && this.ids[slot] === id) return slot;
    }
  }

  /** The id must not be there yet. */
  add(id: string, slot: number): void {
    this.count += 1;
    if (2 * this.count > this.slots.length) this.widen();
    this.hashes = grown(this.hashes, slot + 1);
    this.hashes[slot] = hashOf(id);
    this.ids[slot] = id;
    this.insert(slot);
  }

  remove(slot: number): void {
    let gap = this.home(at(this.hashes, slot));
    while (at(this.slots, gap) !== slot) gap = this.after(gap);
    for (let place = this.after(gap); at(this.slots, place) !== none; place = this.after(place)) {
      const home = this.home(at(this.hashes, at(this.slots, place)));
      const mask = this.slots.length - 1;
      if (((place - home) & mask) < ((place - gap) & mask)) continue;
      this.slots[gap] = at(this.slots, place);
      gap = place;
    }
    this.slots[gap] = none;
    this.ids[slot] = undefined;
    this.count -= 1;
  }

  private insert(slot: number): void {
    let place = this.home(at(this.hashes, slot));
    while (at(this.slots, place) !== none) place = this.after(place);
    this.slots[place] = slot;
  }

  private widen(): void {
    const present = this.slots.filter((slot) => slot !== none);
    this.slots = new Int32Array(this.slots.length * 2).fill(none);
    for (const slot of present) this.insert(slot);
  }

  private home(hash: number): number {
    return hash & (this.slots.length - 1);
  }

  private after(place: number): number {
    return (place + 1) & (this.slots.length - 1);
  }
}
