import { DatabaseSync } from 'node:sqlite';
import { type DomainEvent, domainEvent } from '@handover/contracts';
import { leaseOf } from '@handover/platform';

/** An event as the store's file has it. */
export type Logged = DomainEvent & {
  readonly id: string;
  readonly stream: string;
};

const open = (file: string): DatabaseSync => new DatabaseSync(file, { readOnly: true, timeout: 5_000 });

/** Everything in the store, in the order of the log: read from the file itself, past every service. */
export function readLog(file: string): readonly Logged[] {
  using database = open(file);
  return database
    .prepare('SELECT id, stream, type, data FROM events ORDER BY position')
    .all()
    .map((row): Logged => {
      const type = String(row['type']);
      const event = domainEvent({ type, data: JSON.parse(String(row['data'])) });
      if (!event) throw new Error(`The log holds an event of unknown type ${type}`);
      return { ...event, id: String(row['id']), stream: String(row['stream']) };
    });
}

/** How many events of a type the store holds. */
export function countOf(file: string, type: DomainEvent['type']): number {
  using database = open(file);
  return Number(database.prepare('SELECT count(*) AS found FROM events WHERE type = ?').get(type)?.['found']);
}

/** The instance whose relay has the service's lease; undefined if nobody took it since it was let go. */
export function leaderOf(file: string, service: string): string | undefined {
  using database = open(file);
  const lease = database.prepare('SELECT value FROM registers WHERE name = ?').get(leaseOf(service));
  const { holder } = JSON.parse(String(lease?.['value'] ?? '{}')) as { readonly holder?: string | null };
  return holder?.split('/', 1)[0];
}

type OfType<Type extends DomainEvent['type']> = Extract<Logged, { readonly type: Type }>;

export const ofType = <Type extends DomainEvent['type']>(
  log: readonly Logged[],
  type: Type,
): readonly OfType<Type>[] => log.filter((event): event is OfType<Type> => event.type === type);

/** What appears more than once. */
export function repeated(keys: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return keys.filter((key) => seen.size === seen.add(key).size);
}
