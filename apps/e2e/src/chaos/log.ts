import { DatabaseSync } from 'node:sqlite';
import { type DomainEvent, domainEvent } from '@handover/contracts';

/** An event as the store's file has it. */
export type Logged = DomainEvent & {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** The handover, mostly. */
  readonly correlationId: string;
};

/** Everything in the store, in the order of the log: read from the file itself, past every service. */
export function readLog(file: string): readonly Logged[] {
  using database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  return database
    .prepare('SELECT id, stream, revision, type, correlation_id, data FROM events ORDER BY position')
    .all()
    .map((row): Logged => {
      const type = String(row['type']);
      const event = domainEvent({ type, data: JSON.parse(String(row['data'])) });
      if (!event) throw new Error(`The log holds an event of unknown type ${type}`);
      return {
        ...event,
        id: String(row['id']),
        stream: String(row['stream']),
        revision: Number(row['revision']),
        correlationId: String(row['correlation_id']),
      };
    });
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
