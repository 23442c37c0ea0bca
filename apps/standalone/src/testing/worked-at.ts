import { addDays, atLocalTime, type Instant } from '@handover/kernel';
import { type AgentProfile, type ShiftPlan } from '@handover/contracts';
import { type Put } from '../sample-centre.js';

/** Agents of a pool whose shift covers a moment, breaks aside: told from the calls that create the centre. */
export function workedAt(puts: readonly Put[], pool: string, at: Instant): string[] {
  const inPool = puts
    .filter(({ path, body }) => /^\/v1\/agents\/[^/]+$/.test(path) && (body as AgentProfile).pool === pool)
    .map(({ path }) => path);
  return inPool.filter((agent) =>
    puts.some(({ path, body }) => path.startsWith(`${agent}/shifts/`) && covers(body as ShiftPlan, at)),
  );
}

function covers({ date, from, to, timeZone }: ShiftPlan, at: Instant): boolean {
  const begin = atLocalTime(date, from, timeZone);
  const end = atLocalTime(to <= from ? addDays(date, 1) : date, to, timeZone);
  return begin <= at && at < end;
}
