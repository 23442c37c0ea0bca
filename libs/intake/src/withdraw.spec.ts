import { type HandoverEvent } from '@handover/contracts';
import { evolveHandover, noHandover, requestHandover, withdrawHandover, type Handover } from './handover.js';
import { aNewHandover, monday } from './testing/index.js';
import { confirmed, connected, dialled } from './testing/events.js';

const given = (...events: readonly { type: string; data: unknown }[]): Handover =>
  [...(requestHandover(noHandover, aNewHandover(), monday) as readonly HandoverEvent[]), ...events].reduce(
    evolveHandover,
    noHandover,
  );

describe('withdrawing a handover', () => {
  it('is too late once the caller talks with the agent', () => {
    expect(withdrawHandover(given(confirmed, dialled, connected), undefined, monday)).toMatchObject({
      refused: 'caller-connected',
    });
    expect(withdrawHandover(given(confirmed, dialled), undefined, monday)).toHaveLength(1);
  });
});
