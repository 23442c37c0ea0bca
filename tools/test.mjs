// Runs every project's tests through Nx (cached by content) and closes with one line for all of them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const nx = resolve(root, 'node_modules/.bin/nx');
const nxRun = (args, options) =>
  spawnSync(nx, args, {
    cwd: root,
    env: { NX_DAEMON: 'false', NX_TUI: 'false', ...process.env },
    ...options,
  });

// Journeys start brokers and many processes: they run alone, after the rest.
const failures = [
  [
    'run-many',
    '-t',
    'test',
    '--exclude',
    '@handover/app-e2e',
    '--parallel=2',
    '--output-style=static',
    '--nxBail=false',
  ],
  ['run', '@handover/app-e2e:test', '--output-style=static'],
].filter((args) => nxRun(args, { stdio: 'inherit' }).status !== 0);

const graph = JSON.parse(nxRun(['graph', '--print'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout).graph
  .nodes;
const projects = Object.values(graph).filter((project) => project.data.targets?.test);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const project of projects) {
  const file = resolve(root, project.data.root, 'dist/test-results.json');
  if (!existsSync(file)) {
    total.failed += 1;
    console.error(`${project.name}: the tests did not run to an end`);
    continue;
  }
  const result = JSON.parse(readFileSync(file, 'utf8'));
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  total.skipped += result.numPendingTests + result.numTodoTests;
}
if (failures.length > 0 && total.failed === 0) total.failed = failures.length;

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
