import { type HandoverEvent } from '@handover/contracts';
import { evolveHandover, noHandover, requestHandover, withdrawHandover, type Handover } from './handover.js';
import { aNewHandover, monday } from './testing/index.js';
import { completed, confirmed, connected, dialled, withdrawn } from './testing/events.js';

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

  it('that has ended says so, whether or not they had talked; one that was withdrawn is withdrawn', () => {
    const over = given(confirmed, dialled, connected, completed);
    expect(withdrawHandover(over, undefined, monday)).toMatchObject({ refused: 'handover-closed' });
    expect(withdrawHandover(given(withdrawn, connected), undefined, monday)).toEqual([]);
  });
});
