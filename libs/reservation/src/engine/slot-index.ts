import { at, none } from './memory.js';

/** Characters hashed, from the end: ids differ there. */
const hashedLength = 16;

function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = Math.max(0, id.length - hashedLength); index < id.length; index += 1)
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}

/**
 * Finds a slot by its id: open addressing with linear probing (Knuth 6.4, algorithms L and R), at most half full. Each
 * place holds a slot and its hash side by side, so that a probe touches one line of memory and seldom a string.
 */
export class SlotIndex {
  /** Ids in use. */
  count = 0;
  private places: Int32Array = new Int32Array(256).fill(none);
  private readonly ids: (string | undefined)[] = [];

  /** The id in this slot. @throws Error if the slot is vacant: a fault of the engine */
  idOf(slot: number): string {
    const id = this.ids[slot];
    if (id === undefined) throw new Error(`Slot ${slot} of the engine is vacant: this is a bug`);
    return id;
  }

  /** All slots in use. */
  slots(): number[] {
    return [...this.ids.keys()].filter((slot) => this.ids[slot] !== undefined);
  }

  find(id: string): number | undefined {
    const hash = hashOf(id);
    for (let place = this.home(hash); ; place = this.after(place)) {
      const slot = at(this.places, place);
      if (slot === none) return undefined;
      if (at(this.places, place + 1) === hash && this.ids[slot] === id) return slot;
    }
  }

  /** The id must not be there yet. */
  add(id: string, slot: number): void {
    this.count += 1;
    if (4 * this.count > this.places.length) this.widen();
    this.ids[slot] = id;
    this.insert(slot, hashOf(id));
  }

  remove(slot: number): void {
    let gap = this.home(hashOf(this.idOf(slot)));
    while (at(this.places, gap) !== slot) gap = this.after(gap);
    for (let place = this.after(gap); at(this.places, place) !== none; place = this.after(place)) {
      const hash = at(this.places, place + 1);
      if (this.distance(this.home(hash), place) < this.distance(gap, place)) continue;
      this.places[gap] = at(this.places, place);
      this.places[gap + 1] = hash;
      gap = place;
    }
    this.places[gap] = none;
    this.ids[slot] = undefined;
    this.count -= 1;
  }

  private insert(slot: number, hash: number): void {
    let place = this.home(hash);
    while (at(this.places, place) !== none) place = this.after(place);
    this.places[place] = slot;
    this.places[place + 1] = hash;
  }

  private widen(): void {
    const before = this.places;
    this.places = new Int32Array(before.length * 2).fill(none);
    for (let place = 0; place < before.length; place += 2)
      if (at(before, place) !== none) this.insert(at(before, place), at(before, place + 1));
  }

  private home(hash: number): number {
    return (hash * 2) & (this.places.length - 2);
  }

  private after(place: number): number {
    return (place + 2) & (this.places.length - 2);
  }

  private distance(from: number, to: number): number {
    return (to - from) & (this.places.length - 1);
  }
}
