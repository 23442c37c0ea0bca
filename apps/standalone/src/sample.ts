import { Projector } from '@handover/app-capacity';
import { type Check, type Platform, type RunningService } from '@handover/platform';
import { sampleCentre } from './sample-centre.js';

const register = 'sample-centre';

/** True if the log is empty, or a sample was begun and not finished (the process was killed meanwhile). */
export async function wantsSample({ store, config }: Platform): Promise<boolean> {
  if (!config.sample) return false;
  const begun = await store.readRegister(register);
  return begun ? begun.value === 'begun' : (await store.head()) === undefined;
}

/** The sample centre, on its way from an empty log to the first caller. */
export class Sample {
  private state: 'missing' | 'created' | 'there' = 'missing';

  constructor(private readonly platform: Platform) {}

  /**
   * Creates it through capacity's HTTP API. All calls are PUTs: a second attempt ends in the same centre.
   * @throws Error if capacity refuses a call
   */
  async create(services: readonly RunningService[]): Promise<void> {
    const { store, clock } = this.platform;
    const begun = await store.readRegister(register);
    const revision = begun?.revision ?? (await store.writeRegister(register, 'begun', 'none'));
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    for (const { path, body } of sampleCentre(clock.now(), zone)) {
      const answer = await capacityOf(services).app.inject({ method: 'PUT', url: path, payload: body });
      if (answer.statusCode >= 300)
        throw new Error(
          `The sample centre could not be created: PUT ${path} gave ${answer.statusCode} ${answer.body}`,
        );
    }
    await store.writeRegister(register, 'done', revision);
    this.state = 'created';
  }

  /**
   * `down` until its capacity is published: a caller who came before would be told that nobody can help, which is untrue a
   * second later. Once up it stays up, whatever is made of the centre.
   */
  check(services: readonly RunningService[]): Check {
    if (this.state === 'created' && capacityOf(services).app.get(Projector).isLevel()) this.state = 'there';
    return this.state === 'there'
      ? { status: 'up', detail: 'there' }
      : { status: 'down', detail: this.state === 'created' ? 'capacity is computed' : 'is being created' };
  }
}

function capacityOf(services: readonly RunningService[]): RunningService {
  const capacity = services.find(({ definition }) => definition.name === 'capacity');
  if (!capacity) throw new Error('A sample centre needs the capacity service.');
  return capacity;
}
