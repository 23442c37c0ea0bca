/**
 * For suites that need what a machine may lack (a broker, a browser): undefined if it is not there, which is said loudly; the
 * suite then skips itself.
 * @throws Error if there is none and `CI=true`: there it is required
 */
export async function availableOrSkip<Part>(start: () => Promise<Part>): Promise<Part | undefined> {
  try {
    return await start();
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    console.warn(`\n*** SKIPPED: ${String(error)} ***\n`);
    return undefined;
  }
}
