import { addDays, localDate } from '@handover/kernel';
import { type System } from './system.js';
import { until } from './until.js';

/** A call centre of one pool, made for one journey. */
export interface Centre {
  readonly pool: string;
  readonly agents: readonly string[];
}

interface Book {
  readonly free?: readonly { readonly cells: readonly number[] }[];
}

let made = 0;

async function expectDone(system: System, method: string, path: string, body: unknown): Promise<void> {
  const answer = await system.call(method, path, { body });
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** Sets up a pool with agents who work round the clock, and waits until every one of them can be promised. */
export async function aCentre(system: System, { agents = 6, settings = {} } = {}): Promise<Centre> {
  const pool = `pool-${process.pid}-${++made}`;
  const ids = Array.from({ length: agents }, (_, index) => `${pool}-agent-${index + 1}`);
  await expectDone(system, 'PUT', `/v1/pools/${pool}`, {
    timeZone: 'Etc/UTC',
    slotMinutes: 5,
    leadMinutes: 3,
    handleSeconds: 120,
    callingHours: { from: '00:00', to: '23:59' },
    ...settings,
  });
  const today = localDate(system.now(), 'Etc/UTC');
  for (const agent of ids) {
    await expectDone(system, 'PUT', `/v1/agents/${agent}`, { pool, skills: ['help', 'en', 'billing'] });
    for (const [shift, date] of [today, addDays(today, 1)].entries()) {
      const plan = { date, from: '00:00', to: '00:00', timeZone: 'Etc/UTC' };
      await expectDone(system, 'PUT', `/v1/agents/${agent}/shifts/${shift}`, plan);
    }
    await expectDone(system, 'PUT', `/v1/agents/${agent}/state`, { state: 'available' });
  }
  await until(`reservation knows all ${agents} agents of ${pool}`, async () => {
    const { body } = await system.call<Book>('GET', `/v1/pools/${pool}/book?hours=2`);
    // Who has not reported yet is taken for late: missing in the next cells, expected in later ones.
    const [, next = 0, ...later] = body.free?.[0]?.cells ?? [];
    return next > 0 && next === Math.max(...later);
  });
  return { pool, agents: ids };
}
