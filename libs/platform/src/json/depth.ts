/** Deepest nesting of arrays and objects that is read; our bodies and messages need about six. */
export const deepestJson = 32;

const quote = 0x22;
const backslash = 0x5c;
const openers = new Set([0x5b, 0x7b]);
const closers = new Set([0x5d, 0x7d]);

/** True if JSON text nests deeper than `most`: checked before parsing, so that a bomb costs one pass over its bytes. */
export function isDeeperThan(json: Uint8Array, most: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index] ?? 0;
    if (inString) {
      if (byte === backslash) index += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (openers.has(byte)) {
      depth += 1;
      if (depth > most) return true;
    } else if (closers.has(byte)) depth -= 1;
  }
  return false;
}
