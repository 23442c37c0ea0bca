import { CommanderError } from 'commander';
import { ConfigError } from '@handover/platform/access';

/** It could not be done, for a reason that the operator is told in one line. Exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The command line asks for something that makes no sense. Exit code 2; nothing was done. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** What every command ends with; docs/operations.md names them. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const;

/** The exit code for a fault, after saying on standard error what happened. */
export function exitCodeFor(fault: unknown): number {
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage; // commander has said it already
  process.stderr.write(`handover: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  return fault instanceof WrongUsage || fault instanceof ConfigError
    ? exitCodes.wrongUsage
    : exitCodes.failed;
}
