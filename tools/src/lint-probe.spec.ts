import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const eslint = resolve(root, 'node_modules/.bin/eslint');

interface Finding {
  readonly ruleId: string;
  readonly message: string;
}

/** Lints a text as if it stood in that file; the file itself is never written. */
function lint(file: string, text: string): readonly Finding[] {
  const run = spawnSync(eslint, ['--stdin', '--stdin-filename', file, '--format', 'json'], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  const [result] = JSON.parse(run.stdout) as { messages: Finding[] }[];
  return result?.messages ?? [];
}

const importing = (from: string): string => `import * as found from '${from}';\nexport const used = found;\n`;
const boundary = '@nx/enforce-module-boundaries';

describe('the architecture rules fire on a known violation', () => {
  beforeAll(() => {
    const graph = spawnSync(resolve(root, 'node_modules/.bin/nx'), ['show', 'projects'], {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false' },
    });
    expect(graph.status).toBe(0);
  });

  it.each([
    ['the kernel depends on nothing', 'libs/kernel/src/probe.ts', '@handover/platform'],
    ['contracts depend on the kernel only', 'libs/contracts/src/probe.ts', '@handover/platform'],
    ['a context never imports another context', 'libs/capacity/src/probe.ts', '@handover/reservation'],
    ['a context never imports the platform', 'libs/dialing/src/probe.ts', '@handover/platform'],
    ['the platform knows no contracts', 'libs/platform/src/probe.ts', '@handover/contracts'],
    ['a library never imports an app', 'libs/intake/src/probe.ts', '@handover/app-intake'],
  ])('%s', (_rule, file, from) => {
    expect(lint(file, importing(from))).toContainEqual(expect.objectContaining({ ruleId: boundary }));
  });

  it.each([
    [
      'a context imports no framework',
      'libs/intake/src/probe.ts',
      importing('@nestjs/common'),
      'no-restricted-imports',
    ],
    ['a context does no I/O', 'libs/analytics/src/probe.ts', importing('node:fs'), 'no-restricted-imports'],
    [
      'a context takes time as an input',
      'libs/words/src/probe.ts',
      'export const now = Date.now();\n',
      'no-restricted-syntax',
    ],
    [
      'a context takes randomness as an input',
      'libs/capacity/src/probe.ts',
      'export const dice = Math.random();\n',
      'no-restricted-syntax',
    ],
    [
      'a context sets no timers',
      'libs/dialing/src/probe.ts',
      'setTimeout(() => undefined, 1);\n',
      'no-restricted-globals',
    ],
    [
      'nothing escapes the type system',
      'apps/intake/src/probe.ts',
      'export const anything: any = 1;\n',
      '@typescript-eslint/no-explicit-any',
    ],
  ])('%s', (_rule, file, text, ruleId) => {
    expect(lint(file, text)).toContainEqual(expect.objectContaining({ ruleId }));
  });

  it('passes what the rules allow', () => {
    expect(lint('apps/intake/src/probe.ts', importing('@handover/contracts'))).toEqual([]);
  });
});
