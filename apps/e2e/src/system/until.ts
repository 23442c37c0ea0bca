/** Asks again until the answer is there. @throws Error naming what was awaited, and the last answer, after `withinMs` of wall time */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined | false>,
  withinMs = 30_000,
): Promise<Value> {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await ask();
      if (value !== undefined && value !== false) return value;
    } catch (fault) {
      last = fault;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    `Waited ${withinMs} ms in vain until ${what}${last instanceof Error ? `: ${last.message}` : ''}`,
  );
}
