import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own tick. */
const msPerTick = 10;

/** Processor time that a process has taken so far, in ms: user and system. (proc(5): fields 14 and 15 of `stat`.) */
function tookMs(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

/** Begins to measure; the answer gives the ms that each process has taken since. */
export function processorTime(processIds: ReadonlyMap<string, number>): () => ReadonlyMap<string, number> {
  const read = (): Map<string, number> => new Map([...processIds].map(([name, pid]) => [name, tookMs(pid)]));
  const before = read();
  return () => new Map([...read()].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)]));
}
