import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { breakingChanges, type Components } from './compatibility.js';
import { topicDefinitions } from '../topics.js';
import { asyncApiDocument } from '../index.js';

const root = resolve(import.meta.dirname, '../../../..');
const read = (file: string): unknown => JSON.parse(readFileSync(resolve(root, file), 'utf8'));

// Both are CommonJS tools with their own module loading: they run as they are run by users, in a process of their own.
const inNode = (program: string): { stdout: string; status: number | null } =>
  spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' });

describe('the AsyncAPI document', () => {
  it('in docs/events is what the contracts say now (npm run docs writes it)', () => {
    expect(read('docs/events/asyncapi.json')).toEqual(JSON.parse(JSON.stringify(asyncApiDocument())));
  });

  it("and deploy/kafka/topics.json name the contracts' topics with their partitions and clean-up", () => {
    const listed = read('deploy/kafka/topics.json') as {
      name: string;
      partitions: number;
      config: Record<string, string>;
    }[];
    expect(
      listed.map(({ name, partitions, config }) => [name, partitions, config['cleanup.policy']]),
    ).toEqual(
      topicDefinitions.map(({ name, partitions, compacted }) => [
        name,
        partitions,
        compacted ? 'compact' : 'delete',
      ]),
    );
  });

  it('is accepted by the official parser without an error', () => {
    const run = inNode(`
      import { Parser } from '@asyncapi/parser';
      import { readFileSync } from 'node:fs';
      const { document, diagnostics } = await new Parser().parse(readFileSync('docs/events/asyncapi.json', 'utf8'));
      console.log(JSON.stringify({ parsed: document !== undefined, errors: diagnostics.filter((d) => d.severity === 0) }));
    `);
    expect(JSON.parse(run.stdout)).toEqual({ parsed: true, errors: [] });
  });

  it('breaks nothing that the last released document promised', () => {
    const run = inNode(`
      import { diff } from '@asyncapi/diff';
      import { readFileSync } from 'node:fs';
      const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
      const changes = diff(read('docs/events/released/asyncapi-1.json'), read('docs/events/asyncapi.json'));
      console.log(JSON.stringify(changes.breaking()));
    `);
    expect(JSON.parse(run.stdout)).toEqual([]);
  });

  it('keeps every field, type and requirement that the last released payloads promised', () => {
    const released = read('docs/events/released/asyncapi-1.json') as { components: Components };
    const now = asyncApiDocument() as { components: Components };
    const written = (name: string): 'received' | 'sent' => (/^[a-z]/.test(name) ? 'received' : 'sent');
    expect(breakingChanges(released.components, now.components, written)).toEqual([]);
  });

  it('names the fields of every message, also of one that only renames another', () => {
    const { components } = asyncApiDocument() as { components: Components };
    const silent = Object.entries(components.messages).filter(
      ([, { payload }]) => Object.keys(payload.properties ?? {}).length === 0,
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('publishes no personal part in any event', () => {
    const { components } = asyncApiDocument() as {
      components: { messages: Record<string, { name: string; payload: { properties?: object } }> };
    };
    const events = Object.values(components.messages).filter(({ name }) => /^[A-Z]/.test(name));
    expect(events.length).toBeGreaterThan(20);
    expect(events.filter(({ payload }) => 'personal' in (payload.properties ?? {}))).toEqual([]);
  });
});
