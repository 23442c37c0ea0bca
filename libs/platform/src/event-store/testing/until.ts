/** Resolves as soon as the condition holds; the test's own time limit ends a wait that never does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resume) => setTimeout(resume, 5));
}

/** All elements of a lazy read. */
export async function all<Element>(read: AsyncIterable<Element>): Promise<Element[]> {
  const elements: Element[] = [];
  for await (const element of read) elements.push(element);
  return elements;
}
