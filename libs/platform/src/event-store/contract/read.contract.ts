import { type Subject } from '../event-store.contract.js';
import { type ReadStreamOptions, type StoredEvent } from '../port.js';
import { anEvent, events } from '../testing/an-event.js';
import { all, until } from '../testing/until.js';

/** More than two pages. */
const many = 1_103;

const numbers = (stored: readonly StoredEvent[]): unknown[] =>
  stored.map(({ data }) => (data as { number: number }).number);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export function readContract(subject: () => Subject): void {
  describe('read a stream', () => {
    it('that does not exist as empty, in both directions', async () => {
      const { store, stream } = subject();
      expect(await all(store.readStream(stream()))).toEqual([]);
      expect(await all(store.readStream(stream(), { backwards: true }))).toEqual([]);
    });

    it('from any revision, in both directions, to any limit, over page boundaries', async () => {
      const { store, stream } = subject();
      await store.append(stream(), events(many), 'none');
      const read = async (options?: ReadStreamOptions) =>
        numbers(await all(store.readStream(stream(), options)));

      const forwards = upTo(many);
      const backwards = forwards.toReversed();
      expect(await read()).toEqual(forwards);
      expect(await read({ backwards: true })).toEqual(backwards);
      for (const from of [0, 499, 500, many - 1])
        for (const limit of [1, 501, undefined]) {
          const least = limit ?? many;
          expect(await read({ from, limit })).toEqual(forwards.slice(from, from + least));
          expect(await read({ from, limit, backwards: true })).toEqual(
            backwards.slice(many - 1 - from, many - 1 - from + least),
          );
        }
      expect(await read({ from: many })).toEqual([]);
      expect(await read({ from: many + 5, backwards: true })).toEqual(backwards);
      expect(await read({ limit: 0 })).toEqual([]);
    });

    it('can be broken off anywhere', async () => {
      const { store, stream } = subject();
      await store.append(stream(), events(many), 'none');
      for await (const { revision } of store.readStream(stream())) if (revision === 700) break;
      expect(await all(store.readStream(stream(), { limit: 1 }))).toHaveLength(1);
    });
  });

  describe('read the log', () => {
    it('in one total order: later events have greater positions, in both directions, by any pages', async () => {
      const { store, stream, category } = subject();
      const begin = await store.head();
      for (const first of [0, 400, 800]) {
        await store.append(stream('a'), events(200, first), 'any');
        await store.append(stream('b'), events(200, first + 200), 'any');
      }
      const filter = { categories: [category] };
      const forwards = await all(store.readAll({ after: begin, filter }));
      expect(numbers(forwards)).toEqual(upTo(1_200));
      const positions = forwards.map(({ position }) => position);
      expect(positions).toEqual([...new Set(positions)].sort());

      const backwards = await all(store.readAll({ filter, backwards: true, limit: 1_200 }));
      expect(backwards).toEqual(forwards.toReversed());
      for (const index of [0, 500, 1_199]) {
        const after = positions[index];
        expect(numbers(await all(store.readAll({ after, filter })))).toEqual(upTo(1_200).slice(index + 1));
        expect(numbers(await all(store.readAll({ after, filter, backwards: true, limit: index })))).toEqual(
          upTo(index).toReversed(),
        );
      }
    });

    it('without a filter: every event of every category, and nothing else', async () => {
      const { store, stream } = subject();
      const begin = await store.head();
      await store.append(stream(), events(2), 'none');
      await store.writeRegister(stream('register'), { not: 'an event' }, 'none');
      await store.append(`other${stream()}`, events(1), 'none');
      const found = await all(store.readAll({ after: begin }));
      expect(found.map((event) => event.stream)).toEqual([stream(), stream(), `other${stream()}`]);
    });

    it('by category, which is what stands before the first hyphen', async () => {
      const { store, stream, category } = subject();
      const streams = [stream('1'), `${category}x-1`, stream('a-b'), `x${category}-1`];
      for (const name of streams) await store.append(name, events(1), 'none');
      const read = async (...categories: string[]) =>
        (await all(store.readAll({ filter: { categories } }))).map((event) => event.stream);
      expect(await read(category)).toEqual([streams[0], streams[2]]);
      expect(await read(`x${category}`, category, category)).toEqual([streams[0], streams[2], streams[3]]);
      expect(await read(`${category}-a`)).toEqual([]);
      expect(await read()).toEqual([]);
    });

    it('by type, and by both: an event must match each part', async () => {
      const { store, stream, category } = subject();
      const [a, b] = [`A${category}`, `B${category}`];
      await store.append(
        stream(),
        [anEvent({ type: a }), anEvent({ type: b }), anEvent({ type: `${a}2` })],
        'none',
      );
      await store.append(`other${stream()}`, [anEvent({ type: a })], 'none');
      const read = async (types: string[], categories?: string[]) =>
        (await all(store.readAll({ filter: { types, categories } }))).map(({ type, stream }) => [
          stream,
          type,
        ]);
      expect(await read([a])).toEqual([
        [stream(), a],
        [`other${stream()}`, a],
      ]);
      expect(await read([b, a], [category])).toEqual([
        [stream(), a],
        [stream(), b],
      ]);
      expect(await read([], [category])).toEqual([]);
    });

    it('the head is the position of the last event', async () => {
      const { store, stream } = subject();
      const { position } = await store.append(stream(), events(3), 'none');
      expect(await store.head()).toBe(position);
    });
  });

  describe('read a correlation', () => {
    it('gives its events from all streams in log order, over page boundaries, and no others', async () => {
      const { store, stream } = subject();
      const correlationId = stream('correlation');
      const correlated = (number: number) => anEvent({ data: { number }, metadata: { correlationId } });
      await store.append(stream('a'), upTo(700).map(correlated), 'none');
      await store.append(stream('b'), [correlated(700), anEvent(), correlated(701)], 'none');
      await store.append(stream('a'), [correlated(702)], 'any');

      // EventStoreDB's index follows the log by some milliseconds.
      await until(async () => (await all(store.readCorrelation(correlationId))).length >= 703);
      expect(numbers(await all(store.readCorrelation(correlationId)))).toEqual(upTo(703));
      expect(await all(store.readCorrelation(stream('unknown')))).toEqual([]);
    });
  });
}
