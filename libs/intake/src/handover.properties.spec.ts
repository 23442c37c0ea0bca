import {
  type ContextAmendment,
  type HandoverEvent,
  eventClasses,
  moods,
  urgencies,
} from '@handover/contracts';
import { type Decision, isRefusal } from '@handover/kernel';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import {
  type Handover,
  acceptOffer,
  amendContext,
  declineOffers,
  evolveHandover,
  noHandover,
  requestHandover,
  supersedeHandover,
  withdrawHandover,
} from './handover.js';
import { aNewHandover, monday } from './testing/index.js';

// Any commands in any order, at any distance.
const anAmendment: fc.Arbitrary<ContextAmendment> = fc.record(
  {
    urgency: fc.constantFrom(...urgencies),
    sentiment: fc.record({ mood: fc.constantFrom(...moods) }),
    personal: fc.record({ summary: fc.stringMatching(/^[a-z ]{1,40}$/) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const anOfferId = fc.constantFrom('offer-1', 'offer-2');
const aCommand = fc.oneof(
  fc
    .constantFrom('f-1', 'f-2')
    .map(
      (fingerprint) => (state: Handover) => requestHandover(state, aNewHandover({}, { fingerprint }), monday),
    ),
  anAmendment.map((amendment) => (state: Handover) => amendContext(state, amendment, monday)),
  fc
    .record({ offerId: anOfferId, phoneNumber: fc.constantFrom(undefined, '+41795550101', '+41795550102') })
    .map((acceptance) => (state: Handover) => acceptOffer(state, acceptance, monday)),
  fc.constant((state: Handover) => declineOffers(state, undefined, monday)),
  fc.constant((state: Handover) => withdrawHandover(state, 'no-need', monday)),
  fc.constant((state: Handover) => supersedeHandover(state, 'handover-2', monday)),
);
const aHistory = fc.array(aCommand, { maxLength: 12 });

describe('whatever is asked, in any order', () => {
  it('a command that was just carried out has nothing more to do', () => {
    fc.assert(
      fc.property(aHistory, aCommand, (history, command) => {
        const before = run(history).state;
        const decision = command(before);
        fc.pre(!isRefusal(decision) && decision.length > 0);
        expect(command((decision as HandoverEvent[]).reduce(evolveHandover, before))).toEqual([]);
      }),
    );
  });

  it('an event keeps every rule of its contract', () => {
    fc.assert(
      fc.property(aHistory, (history) => {
        for (const { type, data } of run(history).events)
          expect(validateSync(plainToInstance<object, object>(eventClasses.handover[type], data))).toEqual(
            [],
          );
      }),
    );
  });

  it('nothing follows the end of a handover, and it ends once', () => {
    fc.assert(
      fc.property(aHistory, (history) => {
        const types = run(history).events.map(({ type }) => type);
        const end = types.findIndex((type) => type === 'HandoverWithdrawn' || type === 'HandoverSuperseded');
        expect(end === -1 ? [] : types.slice(end + 1)).toEqual([]);
        expect(types.lastIndexOf('HandoverRequested')).toBeLessThanOrEqual(0);
      }),
    );
  });
});

function run(history: readonly ((state: Handover) => Decision<HandoverEvent>)[]): {
  state: Handover;
  events: HandoverEvent[];
} {
  const events: HandoverEvent[] = [];
  let state = noHandover;
  for (const command of history) {
    const decision = command(state);
    if (isRefusal(decision)) continue;
    events.push(...decision);
    state = decision.reduce(evolveHandover, state);
  }
  return { state, events };
}
