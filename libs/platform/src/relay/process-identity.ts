import { readFileSync, readlinkSync } from 'node:fs';

/**
 * The present process, named so that another process can tell whether it is gone: the kernel's boot, the space of its
 * process ids (containers have their own) and its id. Undefined where the system does not tell (other than Linux).
 */
export function processIdentity(pid = process.pid): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')} ${pid}`;
  } catch {
    return undefined;
  }
}

/** True only if that process surely no longer runs; one that cannot be seen from here may well run. */
export function isGone(identity: string | undefined): boolean {
  const pid = Number(identity?.split(' ').at(-1));
  if (!Number.isInteger(pid) || processIdentity(pid) !== identity) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
