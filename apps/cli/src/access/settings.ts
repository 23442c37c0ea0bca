import { userInfo } from 'node:os';
import { type Config, configFromEnvironment } from '@handover/platform';

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
