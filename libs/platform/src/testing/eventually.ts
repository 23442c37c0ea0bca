import { setTimeout as after } from 'node:timers/promises';

/** Waits until the condition holds. @throws Error that names what was waited for, after `withinMs` of wall time */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 15_000,
): Promise<void> {
  for (const end = Date.now() + withinMs; !(await condition()); await after(5))
    if (Date.now() > end) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
}
