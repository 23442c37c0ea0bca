import { type Subject } from '../event-store.contract.js';
import { RevisionConflict } from '../faults.js';
import { anEvent, events } from '../testing/an-event.js';
import { all } from '../testing/until.js';

const writers = 20;

export function concurrencyContract(subject: () => Subject): void {
  describe('concurrent writers', () => {
    it('one wins each revision; the others learn the revision that beat them', async () => {
      const { store, stream } = subject();
      await store.append(stream(), events(1), 'none');
      for (const revision of [0, 1, 2]) {
        const attempts = await Promise.allSettled(
          Array.from({ length: writers }, () => store.append(stream(), [anEvent()], revision)),
        );
        const lost = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
        expect(lost).toHaveLength(writers - 1);
        for (const reason of lost) {
          expect(reason).toBeInstanceOf(RevisionConflict);
          expect(reason).toMatchObject({ expected: revision, actual: revision + 1 });
        }
      }
      expect(await all(store.readStream(stream()))).toHaveLength(4);
    });

    it('who expects anything always wins, and the stream has no gap', async () => {
      const { store, stream } = subject();
      const results = await Promise.all(
        Array.from({ length: writers }, () => store.append(stream(), events(3), 'any')),
      );
      const revisions = results.map(({ revision }) => revision).sort((a, b) => a - b);
      expect(revisions).toEqual(Array.from({ length: writers }, (_, index) => 3 * index + 2));
      const stored = await all(store.readStream(stream()));
      expect(stored.map(({ revision }) => revision)).toEqual(
        Array.from({ length: 3 * writers }, (_, i) => i),
      );
    });

    it('keeps batches whole: no event of another writer stands inside one', async () => {
      const { store, stream, category } = subject();
      const batches = Array.from({ length: writers }, () => events(5));
      await Promise.all(batches.map((batch, index) => store.append(stream(`${index % 3}`), batch, 'any')));
      for (const id of ['0', '1', '2']) {
        const numbers = (await all(store.readStream(`${category}-${id}`))).map(({ data }) => data);
        expect(numbers).toEqual(numbers.map((_, index) => ({ number: index % 5 })));
      }
    });

    it('one append sent by many at once is stored once, and all get the same answer', async () => {
      const { store, stream } = subject();
      const batch = events(2);
      const results = await Promise.all(
        Array.from({ length: writers }, () => store.append(stream(), batch, 'none')),
      );
      const stored = await all(store.readStream(stream()));
      expect(stored).toHaveLength(2);
      for (const result of results)
        expect(result).toMatchObject({ revision: 1, position: stored[1]?.position });
    });

    it('a conflict of one does not touch the appends beside it', async () => {
      const { store, stream } = subject();
      const [before, conflict, after] = await Promise.allSettled([
        store.append(stream('a'), events(1), 'none'),
        store.append(stream('a'), events(1), 7),
        store.append(stream('b'), events(1), 'none'),
      ]);
      expect([before.status, conflict.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await all(store.readStream(stream('b')))).toHaveLength(1);
    });

    it('two connections on one log obey the same rules', async () => {
      const { store, stream, reopen } = subject();
      if (!reopen) return;
      const other = await reopen();
      const attempts = await Promise.allSettled(
        Array.from({ length: writers }, (_, index) =>
          (index % 2 ? store : other).append(stream(), [anEvent()], 'none'),
        ),
      );
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await all(other.readStream(stream()))).toEqual(await all(store.readStream(stream())));
      await other.close();
    });
  });
}
