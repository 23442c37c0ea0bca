/** Longer than any test may take: it ends the loop that a failed test would leave behind, or Jest would never exit. */
const longestMs = 300_000;

/** Resolves as soon as the condition holds; the test's own time limit ends a wait that never does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + longestMs; !(await holds());) {
    if (Date.now() > end) throw new Error(`Waited ${longestMs} ms in vain.`);
    await new Promise((resume) => setTimeout(resume, 5));
  }
}

/** All elements of a lazy read. */
export async function all<Element>(read: AsyncIterable<Element>): Promise<Element[]> {
  const elements: Element[] = [];
  for await (const element of read) elements.push(element);
  return elements;
}
