import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openClock } from '@handover/platform';

/**
 * The clock setting for `--speed`, kept beside the data: after a restart domain time goes on from where it would be,
 * and never goes back behind what is stored. Another speed begins at the present domain time.
 * @param speed undefined: the kept setting, if there is one, else the system's time
 */
export function keptClock(dataDirectory: string, speed: number | undefined, now = Date.now()): string {
  const file = join(dataDirectory, 'clock');
  const kept = read(file);
  if (speed === undefined) return kept ?? 'system';
  if (kept?.endsWith(`,${speed}`)) return kept;
  const setting = `scaled:${now},${kept ? openClock(kept).now() : now},${speed}`;
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(file, setting);
  return setting;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
