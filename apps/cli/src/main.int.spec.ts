import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { handover } from './testing/handover.js';

describe('handover', () => {
  it('ends quietly when nobody reads on, as in `| head`', async () => {
    const program = resolve(import.meta.dirname, '../dist/main.js');
    const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [err] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(err).toBe('');
  });

  it('refuses a variable that nobody reads, as the services do', async () => {
    const { code, err } = await handover(['status'], { HANDOVER_URL: 'http://127.0.0.1:1' });
    expect([code, err]).toEqual([2, 'handover: HANDOVER_URL is not known: HANDOVER_URLS may be meant.\n']);
  });

  it('names the broker that does not answer, and not the password', async () => {
    const { code, err } = await handover(['topics', 'verify'], {
      HANDOVER_BUS: 'kafka://me:secret@127.0.0.1:1',
    });
    expect([code, err]).toEqual([1, expect.stringContaining('(HANDOVER_BUS: kafka://127.0.0.1:1)')]);
    expect(err).not.toContain('secret');
  });
});
