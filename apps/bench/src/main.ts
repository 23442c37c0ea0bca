// npm run bench -- <name> [--json] [--<option> <number>]
import { parseArgs } from 'node:util';
import { type Bench, machine } from './bench.js';
import { benches } from './benches.js';

function list(): void {
  console.log('npm run bench -- <name> [--json] [--<option> <number>]\n');
  for (const [name, { title, options }] of Object.entries(benches)) {
    const defaults = Object.entries(options).map(([option, value]) => `--${option} ${value}`);
    console.log(`  ${name.padEnd(14)} ${title}\n${' '.repeat(17)}${defaults.join(' ')}`);
  }
}

/** @throws TypeError if an option is unknown or no number */
function readOptions({ options }: Bench, args: string[]): { json: boolean; numbers: Record<string, number> } {
  const known = Object.keys(options).map((name) => [name, { type: 'string' }] as const);
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean' }, ...Object.fromEntries(known) },
  });
  const { json = false, ...given } = values;
  const numbers: Record<string, number> = { ...options };
  for (const [name, text] of Object.entries(given)) {
    numbers[name] = Number(text);
    if (!(Number(text) > 0)) throw new TypeError(`--${name} takes a positive number.`);
  }
  return { json: json === true, numbers };
}

async function run(
  name: string,
  bench: Bench,
  { json, numbers }: ReturnType<typeof readOptions>,
): Promise<void> {
  const figures = await bench.run(numbers);
  if (json) {
    console.log(JSON.stringify({ bench: name, machine: machine(), options: numbers, figures }, null, 2));
    return;
  }
  const { cpu, cores, node } = machine();
  console.log(`${bench.title}\n${cpu}, ${cores} cores, Node ${node}`);
  // Figures of one kind have the same columns: a table for each kind.
  for (const kind of Map.groupBy(figures, (each) => Object.keys(each).join()).values()) console.table(kind);
}

/** Exit code 2: not understood. */
function misunderstood(why: string): never {
  console.error(why);
  process.exit(2);
}

const [name = '--help', ...args] = process.argv.slice(2);
const bench = benches[name];
if (name === '--help') list();
else if (!bench) misunderstood(`There is no bench "${name}": ${Object.keys(benches).join(', ')}.`);
else {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(bench, args);
  } catch (fault) {
    misunderstood(String(fault));
  }
  await run(name, bench, options);
}
