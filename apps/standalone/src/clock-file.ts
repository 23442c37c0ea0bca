import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, openClock } from '@handover/platform';

/**
 * The clock setting for `--speed`, kept beside the data: after a restart domain time goes on from where it would be,
 * and never goes back behind what is stored. Another speed begins at the present domain time.
 * @param speed undefined: the kept setting, if there is one, else the system's time
 * @throws ConfigError if the kept setting is none: a guess might go back behind what is stored
 */
export function keptClock(dataDirectory: string, speed: number | undefined, now = Date.now()): string {
  const file = join(dataDirectory, 'clock');
  const kept = read(file);
  if (speed === undefined) return kept ?? 'system';
  if (kept?.endsWith(`,${speed}`)) return kept;
  const setting = `scaled:${now},${kept ? openClock(kept).now() : now},${speed}`;
  mkdirSync(dataDirectory, { recursive: true });
  // Written aside and renamed: a kill -9 in between leaves the old setting, not half of the new one.
  writeFileSync(`${file}.new`, setting);
  renameSync(`${file}.new`, file);
  return setting;
}

function read(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const setting = readFileSync(file, 'utf8').trim();
  try {
    openClock(setting);
  } catch {
    throw new ConfigError(`${file} must hold system or scaled:<wall epoch ms>,<domain epoch ms>,<speed>.`);
  }
  return setting;
}
