import { type Subject } from '../event-store.contract.js';
import { EventTooLarge, InvalidStreamName, RevisionConflict } from '../faults.js';
import { anEvent, events } from '../testing/an-event.js';
import { all } from '../testing/until.js';

export function appendContract(subject: () => Subject): void {
  describe('append', () => {
    it('stores events in order, the first at revision 0, with data and metadata as given', async () => {
      const { store, stream } = subject();
      const metadata = {
        correlationId: 'handover-7',
        causationId: 'request-7',
        schemaVersion: 3,
        recordedAt: '2020-02-29T12:00:00.000Z',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      };
      const data = { words: 'zürich ☎️ "quoted" \u0000 \n', nested: [{ deep: null }, 1.5, true], empty: {} };
      const given = [anEvent({ type: 'First', data, metadata }), anEvent({ type: 'Second', data: 'text' })];

      const result = await store.append(stream(), given, 'none');

      const stored = await all(store.readStream(stream()));
      expect(stored).toMatchObject([
        { ...given[0], stream: stream(), revision: 0 },
        { ...given[1], stream: stream(), revision: 1 },
      ]);
      expect(stored[0]?.metadata).toEqual(metadata);
      expect(result).toEqual({ revision: 1, position: stored[1]?.position, repeated: false });
    });

    it('writes down its own time where the writer gives none', async () => {
      const { store, stream, clock } = subject();
      clock.advanceBy(1_234);
      await store.append(stream(), [anEvent()], 'none');
      const [stored] = await all(store.readStream(stream()));
      expect(stored?.metadata.recordedAt).toBe('2026-11-23T09:00:01.234Z');
    });

    it('keeps what was appended, whatever the caller does to the objects afterwards', async () => {
      const { store, stream } = subject();
      const data = { pool: 'billing' };
      const appended = store.append(stream(), [anEvent({ data })], 'none');
      data.pool = 'changed';
      await appended;
      expect(await all(store.readStream(stream()))).toMatchObject([{ data: { pool: 'billing' } }]);
    });

    it.each(['any', 'none'] as const)('creates a stream when expecting "%s"', async (expected) => {
      const { store, stream } = subject();
      expect(await store.append(stream(), events(2), expected)).toMatchObject({ revision: 1 });
    });

    it.each(['any', 1] as const)('continues a stream at revision 1 when expecting %s', async (expected) => {
      const { store, stream } = subject();
      await store.append(stream(), events(2), 'none');
      expect(await store.append(stream(), events(1), expected)).toMatchObject({ revision: 2 });
    });

    it.each(['none', 0, 2] as const)('refuses a stream at revision 1 when expecting %s', async (expected) => {
      const { store, stream } = subject();
      await store.append(stream(), events(2), 'none');
      const conflict = await store.append(stream(), events(1), expected).catch((fault: unknown) => fault);
      expect(conflict).toBeInstanceOf(RevisionConflict);
      expect(conflict).toMatchObject({ stream: stream(), expected, actual: 1 });
      expect(await all(store.readStream(stream()))).toHaveLength(2);
    });

    it('refuses a stream that does not exist when expecting a revision, and says so', async () => {
      const { store, stream } = subject();
      await expect(store.append(stream(), events(1), 0)).rejects.toMatchObject({ actual: 'none' });
      expect(await all(store.readStream(stream()))).toEqual([]);
    });

    it.each(['any', 'none', 0, 1, 7] as const)(
      'gives the first result again for ids stored already, expecting %s',
      async (expected) => {
        const { store, stream } = subject();
        const batch = events(2);
        const first = await store.append(stream(), batch, 'none');
        expect(await store.append(stream(), batch, expected)).toEqual({ ...first, repeated: true });
        expect(await all(store.readStream(stream()))).toHaveLength(2);
      },
    );

    // 4 is where the stream stands: whoever loads it again and appends again expects that.
    it.each(['any', 'none', 0, 1, 4, 99] as const)(
      'gives the first result again for ids stored already, also after later events, expecting %s',
      async (expected) => {
        const { store, stream } = subject();
        const batch = events(2);
        const first = await store.append(stream(), batch, 'none');
        await store.append(stream(), events(3), 1);

        expect(await store.append(stream(), batch, expected)).toEqual({ ...first, repeated: true });
        expect(await all(store.readStream(stream()))).toHaveLength(5);
      },
    );

    it('refuses a batch of which only a part is stored already, whatever is expected', async () => {
      const { store, stream } = subject();
      const [known, unknown] = [anEvent(), anEvent()];
      await store.append(stream(), [known], 'none');
      for (const expected of ['any', 0] as const)
        for (const batch of [
          [known, unknown],
          [unknown, known],
        ])
          await expect(store.append(stream(), batch, expected)).rejects.toBeInstanceOf(RevisionConflict);
      expect(await all(store.readStream(stream()))).toHaveLength(1);
    });

    it('tells events with one id in two streams apart', async () => {
      const { store, stream } = subject();
      const event = anEvent();
      await store.append(stream('a'), [event], 'none');
      expect(await store.append(stream('b'), [event], 'none')).toMatchObject({
        revision: 0,
        repeated: false,
      });
    });

    it('stores 1,000,000 bytes of JSON at once and not more, naming the event', async () => {
      const { store, stream } = subject();
      const event = (bytes: number) => anEvent({ type: 'Large', data: 'x'.repeat(bytes) });
      await store.append(stream(), [event(999_000)], 'none');
      const fault = await store.append(stream(), [anEvent(), event(1_000_000)], 0).catch((it: unknown) => it);
      expect(fault).toBeInstanceOf(EventTooLarge);
      expect(fault).toMatchObject({ type: 'Large', limitBytes: 1_000_000 });
      expect(await all(store.readStream(stream()))).toHaveLength(1);
    });

    it.each([
      '',
      'nohyphen',
      '-noCategory',
      'noid-',
      'with space-1',
      'umläut-1',
      'line\n-1',
      '$system-1',
      '_ours-1',
      `long-${'x'.repeat(200)}`,
    ])('refuses the stream name "%s"', async (name) => {
      await expect(subject().store.append(name, events(1), 'any')).rejects.toBeInstanceOf(InvalidStreamName);
    });

    it('takes stream names with further hyphens, dots, colons and 200 characters', async () => {
      const { store, stream } = subject();
      const names = [stream('a-b.c:d/@+~'), stream('x'.repeat(200)).slice(0, 200)];
      for (const name of names) {
        await store.append(name, events(1), 'none');
        expect(await all(store.readStream(name))).toMatchObject([{ stream: name }]);
      }
    });

    it('refuses an append of nothing and one id twice', async () => {
      const { store, stream } = subject();
      const event = anEvent();
      await expect(store.append(stream(), [], 'any')).rejects.toBeInstanceOf(RangeError);
      await expect(store.append(stream(), [event, event], 'any')).rejects.toBeInstanceOf(RangeError);
    });
  });
}
