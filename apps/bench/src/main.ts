// npm run bench -- <name> [--json] [--<option> <number>]
import { parseArgs } from 'node:util';
import { type Bench, machine } from './bench.js';

// Loaded when asked for: some benches pull in whole services.
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  append: async () => (await import('./append.js')).append,
  replay: async () => (await import('./replay.js')).replay,
  'offer-latency': async () => {
    const { benchOfferLatency } = await import('./service/offer-latency.js');
    return {
      title: 'From a request for a handover to its offers, through all five services, embedded and on Kafka',
      options: { rate: 50, seconds: 10 },
      run: async (options) => (await benchOfferLatency(options)).map((figures) => ({ ...figures })),
    };
  },
};

async function list(): Promise<void> {
  console.log('npm run bench -- <name> [--json] [--<option> <number>]\n');
  for (const [name, load] of Object.entries(benches)) {
    const { title, options } = await load();
    const defaults = Object.entries(options).map(([option, value]) => `--${option} ${value}`);
    console.log(`  ${name.padEnd(14)} ${title}\n${' '.repeat(17)}${defaults.join(' ')}`);
  }
}

/** @throws TypeError if an option is unknown or no number */
function readOptions(
  { options }: Bench,
  args: readonly string[],
): { json: boolean; numbers: Record<string, number> } {
  const known = Object.keys(options).map((name) => [name, { type: 'string' }] as const);
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, ...Object.fromEntries(known) },
  });
  const { json = false, ...given } = values;
  const numbers = {
    ...options,
    ...Object.fromEntries(Object.entries(given).map(([name, text]) => [name, Number(text)])),
  };
  for (const [name, number] of Object.entries(numbers))
    if (!Number.isFinite(number)) throw new TypeError(`--${name} takes a number.`);
  return { json: json === true, numbers };
}

const [name, ...args] = process.argv.slice(2);
const load = name === undefined ? undefined : benches[name];
if (!load) {
  await list();
  process.exitCode = name === undefined || name === '--help' ? 0 : 2;
} else {
  const bench = await load();
  const { json, numbers } = readOptions(bench, args);
  const figures = await bench.run(numbers);
  if (json)
    console.log(JSON.stringify({ bench: name, machine: machine(), options: numbers, figures }, null, 2));
  else {
    const { cpu, cores, node } = machine();
    console.log(`${bench.title}\n${cpu}, ${cores} cores, Node ${node}`);
    console.table(figures);
  }
}
