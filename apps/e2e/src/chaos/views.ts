import { type ProjectionReport } from '@handover/platform';
import { callHttp } from '../system/api.js';
import { type Fleet } from '../system/fleet.js';
import { type ServiceProcess } from '../system/process.js';
import { until } from '../system/until.js';

/** Views that survived the kills, and are not what a fold of the whole log gives. A line for each. */
export async function differing({ processes }: Fleet): Promise<readonly string[]> {
  const found: string[] = [];
  for (const process of processes)
    for (const { name } of await projectionsOf(process))
      if (!(await isAsFoldedAnew(process, name))) found.push(`${name} of ${process.name}`);
  return found;
}

const projectionsOf = async ({ url }: ServiceProcess): Promise<readonly ProjectionReport[]> =>
  (await callHttp<readonly ProjectionReport[]>('GET', `${url}/operations/projections`)).body;

async function isAsFoldedAnew(process: ServiceProcess, name: string): Promise<boolean> {
  await callHttp('POST', `${process.url}/operations/projections/${name}/dry-run`, { body: { by: 'chaos' } });
  const replay = await until(`${name} of ${process.name} is folded anew`, async () => {
    const view = (await projectionsOf(process)).find((each) => each.name === name);
    return view?.replay?.state === 'discarded' && view.replay;
  });
  return replay.comparison?.every(({ same }) => same) ?? false;
}
