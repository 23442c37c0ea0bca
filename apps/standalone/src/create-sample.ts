import { type Platform, type RunningService } from '@handover/platform';
import { sampleCentre } from './sample-centre.js';

const register = 'sample-centre';

/** True if the log is empty, or a sample was begun and not finished (the process was killed meanwhile). */
export async function wantsSample({ store, config }: Platform): Promise<boolean> {
  if (!config.sample) return false;
  const begun = await store.readRegister(register);
  return begun ? begun.value === 'begun' : (await store.head()) === undefined;
}

/**
 * Creates the sample centre through capacity's HTTP API. All calls are PUTs: a second attempt ends in the same centre.
 * @throws Error if capacity refuses a call
 */
export async function createSample({ store, clock }: Platform, capacity: RunningService): Promise<void> {
  const begun = await store.readRegister(register);
  const revision = begun?.revision ?? (await store.writeRegister(register, 'begun', 'none'));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const { path, body } of sampleCentre(clock.now(), zone)) {
    const answer = await capacity.app.inject({ method: 'PUT', url: path, payload: body });
    if (answer.statusCode >= 300)
      throw new Error(
        `The sample centre could not be created: PUT ${path} gave ${answer.statusCode} ${answer.body}`,
      );
  }
  await store.writeRegister(register, 'done', revision);
}
