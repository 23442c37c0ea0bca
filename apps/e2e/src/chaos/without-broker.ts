import { type ProcessStatus } from '@handover/platform';
import { callHttp } from '../system/api.js';
import { Caller } from '../system/caller.js';
import { type Centre } from '../system/centre.js';
import { type Fleet } from '../system/fleet.js';
import { type ServiceProcess } from '../system/process.js';
import { type System } from '../system/system.js';
import { until } from '../system/until.js';

/**
 * While the broker is away a handover is accepted all the same, with a sentence to go on with, and operators see that it
 * waits. @param system the fleet as its clients see it
 * @throws Error if not
 */
export async function acceptsWithoutBroker(fleet: Fleet, system: System, centre: Centre): Promise<void> {
  const caller = new Caller(system, centre);
  const { status, body } = await caller.post(caller.context());
  if (status !== 202 || !body.say)
    throw new Error(`Without a broker a handover was answered with ${status} ${JSON.stringify(body)}`);
  await until('what waits for the broker shows', async () => {
    const waiting = await Promise.all(fleet.processesOf('intake').map(backlogOf));
    return waiting.some((events) => events > 0);
  });
}

/** Events that a service's relay has not published yet; 0 if the process does not answer. */
const backlogOf = ({ url }: ServiceProcess): Promise<number> =>
  callHttp<ProcessStatus>('GET', `${url}/operations/status`).then(
    ({ body }) => body.services[0]?.relay.backlog ?? 0,
    () => 0,
  );
