import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFromEnvironment } from './config.js';
import { openPlatform } from './open-platform.js';

describe('openPlatform', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'platform-spec-'));
  });
  afterEach(() => rmSync(data, { recursive: true }));

  /** What it logs while it opens. */
  async function logged(environment: Record<string, string>): Promise<string> {
    const lines: string[] = [];
    const config = configFromEnvironment({}, { HANDOVER_DATA: data, ...environment });
    const platform = await openPlatform(config, 'spec', { write: (line) => void lines.push(line) });
    await platform.close();
    return lines.join('');
  }

  it('warns of an event store of its own on a bus that processes share: they would split the log', async () => {
    const bus = { HANDOVER_BUS: 'kafka://127.0.0.1:1' };
    expect(await logged(bus)).toContain('the event store is the file in HANDOVER_DATA');
    expect(await logged({ ...bus, HANDOVER_STORE: `sqlite:${data}/one/handover.db` })).toBe('');
    expect(await logged({})).toBe('');
  });
});
