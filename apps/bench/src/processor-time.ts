import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own tick. */
const msPerTick = 10;

/** User and system time of a process, and of its children that have ended. (proc(5): fields 14 to 17 of `stat`.) */
function timesOf(pid: number): { readonly ownMs: number; readonly endedMs: number } {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user, system, endedUser, endedSystem] = fields.slice(11).map(Number);
  return {
    ownMs: ((user ?? 0) + (system ?? 0)) * msPerTick,
    endedMs: ((endedUser ?? 0) + (endedSystem ?? 0)) * msPerTick,
  };
}

/** Processor time that a process has taken so far, in ms. */
const tookMs = (pid: number): number => timesOf(pid).ownMs;

/** The same with its children, those that have ended too. */
export function familyTookMs(pid: number): number {
  const { ownMs, endedMs } = timesOf(pid);
  const living = livingChildrenTookMs(pid);
  // A child that ends meanwhile would be counted nowhere, or twice.
  return living !== undefined && timesOf(pid).endedMs === endedMs
    ? ownMs + endedMs + living
    : familyTookMs(pid);
}

/** Undefined if one of them ends meanwhile. */
function livingChildrenTookMs(pid: number): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  try {
    return children.reduce((sum, child) => sum + tookMs(Number(child)), 0);
  } catch {
    return undefined;
  }
}

/** Begins to measure; the answer gives the ms that each process has taken since. */
export function processorTime(processIds: ReadonlyMap<string, number>): () => ReadonlyMap<string, number> {
  const read = (): Map<string, number> => new Map([...processIds].map(([name, pid]) => [name, tookMs(pid)]));
  const before = read();
  return () => new Map([...read()].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)]));
}
