import { type Json } from '@handover/kernel';
import { type Subject } from '../event-store.contract.js';
import { RevisionConflict } from '../faults.js';

export function registerContract(subject: () => Subject): void {
  describe('registers', () => {
    it('one that was never written is undefined', async () => {
      const { store, stream } = subject();
      expect(await store.readRegister(stream())).toBeUndefined();
    });

    it('hold the value written last, and count their writes from 0', async () => {
      const { store, stream } = subject();
      const values: Json[] = [{ holder: 'a' }, 'text', null, { holder: 'ä', until: 17 }];
      for (const [write, value] of values.entries()) {
        expect(await store.writeRegister(stream(), value, write === 0 ? 'none' : write - 1)).toBe(write);
        expect(await store.readRegister(stream())).toEqual({ value, revision: write });
      }
    });

    it.each(['none', 0, 7] as const)('refuse a write expecting %s at revision 1', async (expected) => {
      const { store, stream } = subject();
      await store.writeRegister(stream(), 'first', 'none');
      await store.writeRegister(stream(), 'second', 0);
      const fault = await store.writeRegister(stream(), 'lost', expected).catch((it: unknown) => it);
      expect(fault).toBeInstanceOf(RevisionConflict);
      expect(fault).toMatchObject({ expected, actual: 1 });
      expect(await store.readRegister(stream())).toEqual({ value: 'second', revision: 1 });
    });

    it('refuse a replacement where nothing was written', async () => {
      const { store, stream } = subject();
      await expect(store.writeRegister(stream(), 1, 0)).rejects.toMatchObject({ actual: 'none' });
    });

    it('let one of many concurrent writers win, also over two connections', async () => {
      const { store, stream, reopen } = subject();
      const other = await reopen?.();
      await store.writeRegister(stream(), 'free', 'none');
      const attempts = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 && other ? other : store).writeRegister(stream(), `holder ${index}`, 0),
        ),
      );
      const winner = attempts.findIndex(({ status }) => status === 'fulfilled');
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.readRegister(stream())).toEqual({ value: `holder ${winner}`, revision: 1 });
      await other?.close();
    });

    it('may repeat one value: each write counts', async () => {
      const { store, stream } = subject();
      await store.writeRegister(stream(), 'same', 'none');
      expect(await store.writeRegister(stream(), 'same', 0)).toBe(1);
      await expect(store.writeRegister(stream(), 'same', 0)).rejects.toBeInstanceOf(RevisionConflict);
    });
  });
}
