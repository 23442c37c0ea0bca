import { open, stat } from 'node:fs/promises';

/** Overwrites the begin of pages of a closed SQLite file, of all from the first on or of some, as a stray `dd` does. */
export async function damagePages(file: string, first: number, count = Infinity): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  for (let page = first * 4_096; page < Math.min(size, (first + count) * 4_096); page += 4_096)
    await handle.write(Buffer.alloc(64, 0xff), 0, 64, page);
  await handle.close();
}
