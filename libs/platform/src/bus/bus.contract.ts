import { describeDeadLetters } from './contract/dead-letters.contract.js';
import { describeDelivery } from './contract/delivery.contract.js';
import { describeFailures } from './contract/failures.contract.js';
import { type BusUnderTest } from './testing/fixture.js';
import { describeMessages } from './contract/messages.contract.js';

/** Everything that the port promises; every adapter passes all of it. */
export function describeBus(name: string, subject: BusUnderTest): void {
  describe(name, () => {
    describe('delivery', () => describeDelivery(subject));
    describe('messages', () => describeMessages(subject));
    describe('failures', () => describeFailures(subject));
    describe('dead letters', () => describeDeadLetters(subject));
  });
}
