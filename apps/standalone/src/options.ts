import { Command, InvalidArgumentError } from 'commander';

/** Command line of the standalone; what is given here wins over the environment. */
export interface Options {
  readonly port?: number;
  readonly data?: string;
  /** Domain time passes so many times as fast. */
  readonly speed?: number;
  readonly quiet?: boolean;
}

const number =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(`A number from ${least} to ${most} is meant.`);
    return value;
  };

/** Reads the command line; prints help (exit code 0) or what is wrong (2, as for a wrong variable), and ends the process. */
export const readOptions = (argv: readonly string[]): Options =>
  new Command('handover')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .description('All five services of Handover in one process.')
    .option('--port <number>', 'HTTP port; 0 takes a free one (default: 3000)', number(0, 65_535))
    .option('--data <directory>', 'where everything is stored (default: ./data)')
    .option(
      '--speed <factor>',
      'let domain time pass so many times as fast, from now on',
      number(0.001, 100_000),
    )
    .option('--quiet', 'print nothing but warnings and errors')
    .parse([...argv], { from: 'user' })
    .opts<Options>();

/** The environment as the command line has it. */
export const withOptions = (environment: NodeJS.ProcessEnv, { port, data }: Options): NodeJS.ProcessEnv => ({
  ...environment,
  ...(port !== undefined && { HANDOVER_PORT: String(port) }),
  ...(data !== undefined && { HANDOVER_DATA: data }),
});
