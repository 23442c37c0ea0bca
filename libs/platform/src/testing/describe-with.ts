interface Stoppable {
  stop(): Promise<void>;
}

/**
 * A suite that needs what a machine may lack: a broker, a browser, a server. It gets what `find` gives, which is stopped
 * after it. Where that is missing the suite is one skipped test that says why: counted, and loud.
 * @param find throws if it is missing and every gate must have it: with `CI=true` the suite then fails. Gives undefined
 * if it is missing and no gate must have it.
 */
export async function describeWith<Part extends Stoppable>(
  name: string,
  find: () => Promise<Part | undefined>,
  body: (part: Part) => void,
): Promise<void> {
  const { part, missing } = await look(find);
  describe(name, () => {
    if (!part) {
      console.warn(`\n*** SKIPPED: ${name}: ${missing} ***\n`);
      it.skip(`is not run: ${missing}`, () => undefined);
      return;
    }
    body(part);
    afterAll(() => part.stop());
  });
}

async function look<Part>(
  find: () => Promise<Part | undefined>,
): Promise<{ readonly part?: Part; readonly missing: string }> {
  try {
    return { part: await find(), missing: 'not on this machine, and no gate asks for it' };
  } catch (fault) {
    if (process.env['CI'] === 'true') throw fault;
    return { missing: String(fault) };
  }
}
