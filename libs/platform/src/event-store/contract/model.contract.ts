import fc from 'fast-check';
import { type Subject } from '../event-store.contract.js';
import { RevisionConflict } from '../faults.js';
import { memoryEventStore } from '../memory.js';
import { type AppendResult, type EventStore, type ExpectedRevision } from '../port.js';
import { anEvent } from '../testing/an-event.js';
import { all } from '../testing/until.js';

interface Append {
  readonly stream: number;
  readonly ids: readonly number[];
  readonly expected: ExpectedRevision;
}

// Few streams, ids and revisions, so that repeats, overlaps and conflicts are the rule.
const appends = fc.array(
  fc.record<Append>({
    stream: fc.nat(1),
    ids: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 }),
    expected: fc.oneof(
      fc.constant<ExpectedRevision>('any'),
      fc.constant<ExpectedRevision>('none'),
      fc.nat(6),
    ),
  }),
  { maxLength: 15 },
);

/** What an append gave, in words that are the same for every adapter. */
const outcome = (append: Promise<AppendResult>): Promise<string> =>
  append.then(
    ({ revision, repeated }) => `${repeated ? 'repeated' : 'stored'} up to ${revision}`,
    (fault: unknown) =>
      fault instanceof RevisionConflict ? `conflict at ${fault.actual}` : `fault ${fault}`,
  );

const eventId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export function modelContract(subject: () => Subject): void {
  it('answers any series of appends as the in-memory store does, and holds the same streams', async () => {
    const { store, clock, stream } = subject();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(appends, async (series) => {
        run += 1;
        const model = memoryEventStore(clock);
        const name = (number: number): string => stream(`${run}-${number}`);
        const append = ({ stream, ids, expected }: Append, on: EventStore) =>
          on.append(
            name(stream),
            ids.map((id) => anEvent({ id: eventId(id) })),
            expected,
          );
        for (const command of series)
          expect([command, await outcome(append(command, store))]).toEqual([
            command,
            await outcome(append(command, model)),
          ]);
        for (const number of [0, 1]) {
          const [actual, wanted] = [
            await all(store.readStream(name(number))),
            await all(model.readStream(name(number))),
          ];
          expect(actual.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
        }
      }),
      { numRuns: 40 },
    );
  });
}
