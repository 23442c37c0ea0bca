import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type Clock } from '@handover/kernel';
import { type Config, configFromEnvironment, openClock } from '@handover/platform/access';

/** The configuration of the services, of which nothing is logged but faults. @throws ConfigError */
export const settings = (): Config => configFromEnvironment({ logLevel: 'silent' });

/** Who acts, if the command line does not say. */
export const osUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // a container may run under an id that has no name
  }
};

/** Domain time as the services have it: `HANDOVER_CLOCK`, else what a standalone with `--speed` keeps beside its data. */
export function presentClock({ clock, dataDirectory }: Config): Clock {
  if (process.env['HANDOVER_CLOCK']) return openClock(clock);
  try {
    return openClock(readFileSync(join(dataDirectory, 'clock'), 'utf8').trim());
  } catch {
    return openClock(clock);
  }
}
