import { type AuditedEvent, auditSlots } from '@handover/reservation';
import { type Logged } from './log.js';

/** Every rule of the slot books that was broken, by the independent audit of each pool's events. A line for each. */
export function overbooked(log: readonly Logged[]): readonly string[] {
  const pools = Map.groupBy(log, ({ data }) => ('pool' in data ? data.pool : undefined));
  return [...pools].flatMap(([pool, events]) =>
    pool === undefined
      ? []
      : auditSlots(events as readonly AuditedEvent[]).violations.map(
          ({ rule, at, by, why }) => `Pool ${pool} at ${at}: ${rule}: ${by}: ${why}`,
        ),
  );
}
