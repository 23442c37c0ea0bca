import fc from 'fast-check';
import { membership } from './session.js';

describe('the membership of a Kafka group', () => {
  it('outlives two lost heartbeats, and a rebalance waits for who is alive, not for kafkajs’s minute', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 300_000 }), (sessionTimeoutMs) => {
        const { sessionTimeout, rebalanceTimeout, heartbeatInterval } = membership(sessionTimeoutMs);
        expect(sessionTimeout).toBe(sessionTimeoutMs);
        expect(3 * heartbeatInterval).toBeLessThanOrEqual(sessionTimeout);
        expect(rebalanceTimeout).toBeGreaterThanOrEqual(sessionTimeout + heartbeatInterval);
        expect(rebalanceTimeout).toBeLessThanOrEqual(2 * sessionTimeout);
      }),
    ));
});
