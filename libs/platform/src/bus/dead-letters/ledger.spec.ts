import fc from 'fast-check';
import { type BusMessage, type LoggedMessage } from '../port.js';
import { Ledger } from './ledger.js';
import { deadLetter, type Note, noteMessage } from './letter.js';

const source = (key: string, offset: number): LoggedMessage => ({
  topic: 'orders',
  partition: 0,
  offset: String(offset),
  timestamp: 0,
  key,
  value: Buffer.from('x'),
  headers: {},
});

/** A dead-letter topic's partition in memory, and the ledger that follows it. */
function aQueue() {
  const ledger = new Ledger();
  let next = 0;
  const append = (message: BusMessage): number => {
    ledger.fold({ ...message, partition: 0, offset: String(next), timestamp: next });
    next += 1;
    return next - 1;
  };
  const park = (key: string, offset: number): number =>
    append(deadLetter(source(key, offset), 'g', { error: new Error(), attempts: 5 }));
  const note = (key: string, about: Omit<Note, 'by'>): number =>
    append(noteMessage('orders.g.dlq', 0, key, { by: 'ann', ...about }));
  const waiting = (key: string): number[] => [...(ledger.get(0, key)?.letters.keys() ?? [])];
  return { ledger, park, note, waiting };
}

describe('the ledger of a dead-letter topic', () => {
  it('knows what waits of each key, in order', () => {
    const { park, waiting } = aQueue();
    park('a', 3);
    park('b', 4);
    park('a', 7);
    expect([waiting('a'), waiting('b')]).toEqual([[3, 7], [4]]);
  });

  it('counts a message once that a crash parked twice', () => {
    const { park, waiting } = aQueue();
    park('a', 3);
    park('a', 3);
    expect(waiting('a')).toEqual([3]);
  });

  it('keeps a redrive open until it is answered, and the letters that it did not reach', () => {
    const { ledger, park, note, waiting } = aQueue();
    const first = park('a', 3);
    park('a', 7);
    const request = note('a', { action: 'redrive' });
    expect(ledger.get(0, 'a')?.redrive).toBe(request);
    note('a', { action: 'redrive-failed', through: first, request });
    expect(ledger.get(0, 'a')?.redrive).toBeUndefined();
    expect(waiting('a')).toEqual([7]);
  });

  it('keeps a second redrive open that was asked for while the first one ran', () => {
    const { ledger, park, note } = aQueue();
    park('a', 3);
    const first = note('a', { action: 'redrive' });
    const second = note('a', { action: 'redrive' });
    note('a', { action: 'redrive-failed', through: -1, request: first });
    expect(ledger.get(0, 'a')).toMatchObject({ redrive: second, answered: first });
  });

  it('holds a key exactly while a letter of it is neither redriven nor discarded', () => {
    const steps = fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b'),
        step: fc.constantFrom('park', 'redrive', 'redriven', 'discarded', 'redrive-failed' as const),
        back: fc.nat(4),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (taken) => {
        const { ledger, park, note } = aQueue();
        const expected = new Map<string, number[]>();
        taken.forEach(({ key, step, back }, index) => {
          if (step === 'park') {
            const letter = park(key, index);
            expected.set(key, [...(expected.get(key) ?? []), letter]);
            return;
          }
          const through = index - back;
          note(key, { action: step, through, request: index });
          if (step !== 'redrive')
            expected.set(
              key,
              (expected.get(key) ?? []).filter((letter) => letter > through),
            );
        });
        for (const key of ['a', 'b']) {
          const letters = [...(ledger.get(0, key)?.letters.values() ?? [])].map(({ offset }) => offset);
          expect(letters).toEqual(expected.get(key) ?? []);
        }
      }),
    );
  });
});
