import { readFile } from 'node:fs/promises';
import { RoutingTable, defaultRouting, routingFaults } from '@handover/intake';
import { type Config, ConfigError, validated } from '@handover/platform';

/** Injection token of the routing table. */
export const ROUTING = Symbol('RoutingTable');

const lines = (file: string, faults: readonly string[]): ConfigError =>
  new ConfigError(
    `HANDOVER_ROUTING: ${file} is not a routing table:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );

/**
 * The rules in force: those of the file that the configuration names, else the built-in ones.
 * @throws ConfigError that names the file and every rule broken in it
 */
export async function routingTable({ routing: file }: Pick<Config, 'routing'>): Promise<RoutingTable> {
  if (!file) return defaultRouting;
  const read = await validated(await parsed(file), RoutingTable, 'refused');
  if ('violations' in read)
    throw lines(
      file,
      read.violations.map(({ field, rule }) => `${field} ${rule}`.trim()),
    );
  const faults = routingFaults(read.data);
  if (faults.length > 0) throw lines(file, faults);
  return read.data;
}

async function parsed(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (fault) {
    const why = fault instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    throw lines(file, [`${why}: ${fault instanceof Error ? fault.message : String(fault)}`]);
  }
}
