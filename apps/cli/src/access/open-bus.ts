import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Bus, BusUnavailable, type Config, createLog, openBus } from '@handover/platform/access';
import { Refused } from '../faults.js';

/**
 * Runs `work` on the configured bus, and closes it. Nothing is created unless that is asked for.
 * @throws Refused if it is an embedded one that does not exist, or that lives in another process's memory
 */
export async function withBus<Answer>(
  config: Config,
  work: (bus: Bus) => Promise<Answer>,
  absent: 'refuse' | 'create' = 'refuse',
): Promise<Answer> {
  const file = join(config.dataDirectory, 'bus.db');
  if (config.bus === 'embedded:memory')
    throw new Refused('A bus in memory can be read by its own process only (HANDOVER_BUS=embedded:memory).');
  if (config.bus === 'embedded:' && absent === 'refuse' && !existsSync(file))
    throw new Refused(`There is no bus at ${file}. Set HANDOVER_DATA or HANDOVER_BUS as for the services.`);
  const { dataDirectory } = config;
  const bus = openBus(config.bus, { dataDirectory, clientId: 'cli', log: createLog(config, 'cli') });
  try {
    return await work(bus);
  } catch (fault) {
    if (!(fault instanceof BusUnavailable)) throw fault;
    throw new Refused(`${fault.message} (HANDOVER_BUS: ${addressOf(config.bus)})`);
  } finally {
    await bus.close();
  }
}

/** Where the bus is, without user, password and options. */
const addressOf = (bus: string): string => bus.replace(/\/\/.*@/, '//').replace(/\?.*/, '');
