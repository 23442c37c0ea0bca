import { execFileSync } from 'node:child_process';
import { isGone, processIdentity } from './process-identity.js';

describe('process identity', () => {
  it('knows a process that has ended, where /proc tells', () => {
    // Written, not printed: `-p` would colour it where the environment asks for colours.
    const pid = Number(execFileSync(process.execPath, ['-e', 'process.stdout.write(String(process.pid))']));
    expect(isGone(processIdentity(pid))).toBe(process.platform === 'linux');
  });

  it('takes a process that runs for alive', () => {
    expect(isGone(processIdentity())).toBe(false);
  });

  it('never takes a process for gone that it cannot see', () => {
    expect(isGone(undefined)).toBe(false);
    expect(isGone('another-boot pid:[1] 4294967')).toBe(false);
    expect(isGone('')).toBe(false);
  });
});
