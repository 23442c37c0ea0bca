/** Writes a line to standard output. */
export const print = (line = ''): void => void process.stdout.write(`${line}\n`);

/** Writes an answer for programs. */
export const printJson = (answer: unknown): void => print(JSON.stringify(answer, undefined, 2));
