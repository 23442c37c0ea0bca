import { execFileSync } from 'node:child_process';
import { isGone, processIdentity } from './process-identity.js';

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('process identity', () => {
  onLinux('knows a process that has ended', () => {
    const ended = (): number => Number(execFileSync(process.execPath, ['-p', 'process.pid']));
    // On a busy machine a process id may belong to another one at once: of several, one does not.
    expect([ended, ended, ended].some((run) => isGone(processIdentity(run())))).toBe(true);
  });

  onLinux('takes a process that runs for alive', () => {
    expect(isGone(processIdentity())).toBe(false);
  });

  it('never takes a process for gone that it cannot see', () => {
    expect(isGone(undefined)).toBe(false);
    expect(isGone('another-boot pid:[1] 4294967')).toBe(false);
    expect(isGone('')).toBe(false);
  });
});
