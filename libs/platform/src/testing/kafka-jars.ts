import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const oldestJava = 17;

/** The directory that holds nx.json, from this file upwards. */
function workspaceRoot(directory = import.meta.dirname): string {
  if (existsSync(join(directory, 'nx.json'))) return directory;
  if (dirname(directory) === directory) throw new Error('Not inside the workspace: no nx.json above.');
  return workspaceRoot(dirname(directory));
}

/** What a command prints, or undefined if it is not there or fails. */
const outputOf = (command: string, ...args: string[]): Promise<string | undefined> =>
  run(command, args).then(
    ({ stdout, stderr }) => stdout + stderr,
    () => undefined,
  );

async function hasJava(): Promise<boolean> {
  const version = /version "(\d+)/.exec((await outputOf('java', '-version')) ?? '')?.[1];
  return Number(version ?? 0) >= oldestJava;
}

/** A directory with the jars of a Kafka broker, fetched by Maven once; undefined without Java 17 or Maven. */
export async function kafkaJars(): Promise<string | undefined> {
  if (!(await hasJava())) return undefined;
  const root = workspaceRoot();
  const jars = join(root, '.kafka', 'lib');
  if (existsSync(jars) && readdirSync(jars).length > 0) return jars;
  if (!(await outputOf('mvn', '-v'))) return undefined;
  const fresh = join(root, '.kafka', `lib-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  const pom = join(root, 'tools', 'kafka', 'pom.xml');
  await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${fresh}`]);
  try {
    renameSync(fresh, jars);
  } catch {
    // Another test run was first; its jars are the same.
    rmSync(fresh, { recursive: true, force: true });
  }
  return jars;
}
