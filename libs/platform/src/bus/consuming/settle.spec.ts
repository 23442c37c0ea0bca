import { pino } from 'pino';
import { MessageFault } from '../faults.js';
import { type LoggedMessage } from '../port.js';
import { type Parking, settle } from './settle.js';

const message: LoggedMessage = {
  topic: 'events',
  partition: 0,
  offset: '7',
  key: 'zoe',
  value: null,
  headers: {},
  timestamp: 0,
};

describe('seeing a message through', () => {
  it.each<[string, boolean]>([
    ['that is at fault', false],
    ['that waits behind a parked one', true],
  ])('counts one %s as retrying until its dead letter is written', async (_, behind) => {
    const written = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<Parking>();
    const tally = { retrying: 0, handled: 0, deadLettered: 0 };
    const settling = settle(
      message,
      {
        handler: () => Promise.reject(new MessageFault('at fault')),
        maxAttempts: 5,
        backOff: { firstMs: 1, longestMs: 1 },
        tally,
        log: pino({ enabled: false }),
        parking: {
          holds: () => behind,
          park: (_message, why) => {
            asked.resolve(why);
            return written.promise;
          },
        },
      },
      new AbortController().signal,
    );

    await asked.promise;
    expect(tally).toEqual({ retrying: 1, handled: 0, deadLettered: 0 });
    written.resolve();
    await expect(settling).resolves.toBe(true);
    expect(tally).toEqual({ retrying: 0, handled: 0, deadLettered: 1 });
  });
});
