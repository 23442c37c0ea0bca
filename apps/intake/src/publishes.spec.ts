import { type HandoverEvent, commands, topics } from '@handover/contracts';
import { aHandoverRequest, aNewHandover, monday } from '@handover/intake/testing';
import { noHandover, requestHandover } from '@handover/intake';
import { isRefusal } from '@handover/kernel';
import { type StoredEvent, validated } from '@handover/platform';
import { publishes } from './publishes.js';

const of = { handoverId: 'handover-1', pool: 'technical', occurredAt: '2026-11-23T10:01:00.000Z' };
const personal = { phoneNumber: '+41795550166' };
const wishes = { notBefore: '2026-11-23T13:00:00Z' };
const decision = requestHandover(noHandover, aNewHandover({ ...aHandoverRequest(), wishes }), monday);
const requested = isRefusal(decision) ? [] : decision;
const events: HandoverEvent[] = [
  ...requested,
  { type: 'OfferAccepted', data: { ...of, offerId: 'offer-1', personal } },
  { type: 'OffersDeclined', data: { ...of, reason: 'No time' } },
  { type: 'HandoverWithdrawn', data: { ...of, reason: 'Solved' } },
  {
    type: 'ContextAmended',
    data: { ...of, personal: { name: 'Robin' }, completeness: { percent: 100, gaps: [] } },
  },
  { type: 'HandoverSuperseded', data: { ...of, supersededBy: 'handover-2' } },
];

const stored = (event: { type: string; data: object }): StoredEvent =>
  ({
    ...event,
    id: `id-of-${event.type}`,
    stream: 'handover-handover-1',
    revision: 0,
    position: '1',
  }) as never;
const outgoing = events.flatMap((event) => publishes(stored(event)));

describe('what intake publishes', () => {
  it('is every event, keyed by its handover, and the commands that follow from it, keyed by pool', () => {
    expect(outgoing.map(({ topic, key, type }) => [topic, key, type])).toEqual([
      [topics.handoverEvents, 'handover-1', 'HandoverRequested'],
      [topics.slotCommands, 'technical', 'slots.request'],
      [topics.handoverEvents, 'handover-1', 'OfferAccepted'],
      [topics.slotCommands, 'technical', 'slots.confirm'],
      [topics.handoverEvents, 'handover-1', 'OffersDeclined'],
      [topics.slotCommands, 'technical', 'slots.release'],
      [topics.handoverEvents, 'handover-1', 'HandoverWithdrawn'],
      [topics.slotCommands, 'technical', 'slots.cancel'],
      [topics.handoverEvents, 'handover-1', 'ContextAmended'],
      [topics.handoverEvents, 'handover-1', 'HandoverSuperseded'],
    ]);
  });

  it('holds nothing personal', () => {
    expect(JSON.stringify(outgoing)).not.toMatch(/personal|phoneNumber|5550|Robin|fingerprint/);
  });

  it('are commands that keep every rule of their contract, and whose answer can be told', async () => {
    for (const { type, data } of outgoing.filter(({ topic }) => topic === topics.slotCommands)) {
      const contract = commands.find((definition) => definition.type === type)?.data ?? Object;
      expect([type, await validated(data, contract, 'refused')]).toEqual([type, { data }]);
    }
    expect(outgoing[1]?.data).toHaveProperty('requestId', 'id-of-HandoverRequested');
    expect(outgoing[3]?.data).toHaveProperty('requestId', 'id-of-OfferAccepted');
  });
});
