// Flat memory of whole numbers, so that the hot path allocates nothing and stays in the processor's caches.

/** No slot, no group, end of a list. */
export const none = -1;

/** Reads a number. Callers keep to their own rows; outside the memory it reads 0. */
export const at = (memory: Int32Array, index: number): number => memory[index] ?? 0;

/** Adds to a number in place. */
export const add = (memory: Int32Array, index: number, by: number): void => {
  memory[index] = (memory[index] ?? 0) + by;
};

/** The same numbers in a memory of at least `size`, doubled to keep growth rare. */
export function grown(memory: Int32Array, size: number): Int32Array {
  if (size <= memory.length) return memory;
  const larger = new Int32Array(Math.max(size, memory.length * 2));
  larger.set(memory);
  return larger;
}
