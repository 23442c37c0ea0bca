import { type HandoverEvent, type HandoverRequest } from '@handover/contracts';
import { type Decision, isRefusal } from '@handover/kernel';
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
import { aHandoverRequest, aNewHandover, anAppointmentConfirmed, monday } from './testing/index.js';

const given = (...events: readonly { type: string; data: object }[]): Handover =>
  events.reduce(evolveHandover, noHandover);
const requested = (request: Partial<HandoverRequest> = {}): HandoverEvent =>
  decided(requestHandover(noHandover, aNewHandover(request), monday));
const confirmed = { type: 'AppointmentConfirmed', data: anAppointmentConfirmed() };
const completed = { type: 'CallbackCompleted', data: { handoverId: 'handover-1', disposition: 'resolved' } };
const withdrawn = { type: 'HandoverWithdrawn', data: { handoverId: 'handover-1', pool: 'technical' } };
const superseded = {
  type: 'HandoverSuperseded',
  data: { handoverId: 'handover-1', supersededBy: 'handover-2' },
};

type Decided = Decision<HandoverEvent>;

function decided(decision: Decided): HandoverEvent {
  const [event] = isRefusal(decision) ? [] : decision;
  if (!event) throw new Error(`Nothing decided: ${JSON.stringify(decision)}`);
  return event;
}

describe('requesting a handover', () => {
  it('records the context with where it goes and how complete it is', () => {
    expect(requested()).toEqual({
      type: 'HandoverRequested',
      data: {
        ...aHandoverRequest(),
        handoverId: 'handover-1',
        clientId: 'default',
        pool: 'technical',
        skills: ['en', 'technical'],
        rule: 'technical',
        completeness: { percent: 100, gaps: [] },
        personal: { ...aHandoverRequest().personal, fingerprint: 'f-1' },
        occurredAt: '2026-11-23T10:00:00.000Z',
      },
    });
  });

  it('is of normal urgency unless said otherwise', () => {
    expect(requested({ urgency: undefined }).data).toMatchObject({ urgency: 'normal' });
  });

  it('again with the same body adds nothing, even when its wishes have passed meanwhile', () => {
    const wishes = { notAfter: '2026-11-23T12:00:00Z' };
    const state = given(requested({ wishes }));
    expect(requestHandover(state, aNewHandover({ wishes }), monday + 86_400_000)).toEqual([]);
  });

  it('again under the same key with another body is refused', () => {
    const other = aNewHandover({}, { fingerprint: 'f-2' });
    expect(requestHandover(given(requested()), other, monday)).toMatchObject({
      refused: 'idempotency-key-reused',
    });
  });

  it.each([
    [
      'end before they begin',
      { notBefore: '2026-11-23T15:00:00Z', notAfter: '2026-11-23T15:00:00Z' },
      'notAfter',
    ],
    ['are over', { notAfter: '2026-11-23T10:00:00Z' }, 'notAfter'],
    ['begin in the next century', { notBefore: '2099-12-31T00:00:00Z' }, 'notBefore'],
  ])('is refused if the wishes %s', (_case, wishes, field) => {
    expect(requestHandover(noHandover, aNewHandover({ wishes }), monday)).toMatchObject({
      refused: 'implausible',
      violations: [{ field: `wishes.${field}` }],
    });
  });

  it('is refused if two opportunities have one id', () => {
    const opportunity = { opportunityId: 'o', product: 'Fibre', expiresAt: '2026-11-24T10:00:00Z' };
    const twice = aNewHandover({ opportunities: [opportunity, opportunity] });
    expect(requestHandover(noHandover, twice, monday)).toMatchObject({
      violations: [{ field: 'opportunities[1].opportunityId', rule: 'must be unique in the list' }],
    });
  });

  it('is taken although the earliest time wished for has passed, or an opportunity has expired', () => {
    const late = aNewHandover({
      wishes: { notBefore: '2026-11-23T08:00:00Z' },
      opportunities: [{ opportunityId: 'o', product: 'Fibre', expiresAt: '2026-11-22T10:00:00Z' }],
    });
    expect(requestHandover(noHandover, late, monday)).toHaveLength(1);
  });

  it('never repeats what is personal in a refusal', () => {
    const wishes = { notAfter: '2026-11-23T10:00:00Z' };
    const refusal = JSON.stringify(requestHandover(noHandover, aNewHandover({ wishes }), monday));
    expect(refusal).not.toMatch(/550100|Robin|C-1001/);
  });
});

describe('amending the context', () => {
  it('records what is new, with the completeness of the whole', () => {
    const state = given(requested({ sentiment: undefined }));
    expect(amendContext(state, { sentiment: { mood: 'calm' } }, monday)).toEqual([
      {
        type: 'ContextAmended',
        data: {
          handoverId: 'handover-1',
          sentiment: { mood: 'calm' },
          completeness: { percent: 100, gaps: [] },
          occurredAt: '2026-11-23T10:00:00.000Z',
        },
      },
    ]);
  });

  it('with what is known already adds nothing', () => {
    const { urgency, sentiment, attempted } = aHandoverRequest();
    const personal = { name: 'Robin Example' };
    expect(amendContext(given(requested()), { urgency, sentiment, attempted, personal }, monday)).toEqual([]);
    expect(amendContext(given(requested()), {}, monday)).toEqual([]);
  });

  it('takes a field back that is sent as null', () => {
    const amendment = JSON.parse('{"sentiment":null,"urgency":null,"personal":{"summary":null}}');
    const event = decided(amendContext(given(requested()), amendment, monday));
    expect(event.data).toMatchObject({ removed: ['sentiment', 'personal.summary'], urgency: 'normal' });
    const { context } = given(requested(), event);
    expect(context).not.toHaveProperty('sentiment');
    expect(context?.urgency).toBe('normal');
    expect(context?.personal).not.toHaveProperty('summary');
    expect(context?.personal.phoneNumber).toBe('+41445550100');
  });

  it('does not take back all that is personal: someone has to be called', () => {
    const amendment = JSON.parse('{"personal":null}');
    expect(amendContext(given(requested()), amendment, monday)).toMatchObject({
      refused: 'implausible',
      violations: [{ field: 'personal' }],
    });
  });
});

describe('accepting an offer', () => {
  it('records the offer, and another number if one is given', () => {
    const acceptance = { offerId: 'offer-1', phoneNumber: '+41795550101' };
    expect(acceptOffer(given(requested()), acceptance, monday)).toEqual([
      {
        type: 'OfferAccepted',
        data: {
          handoverId: 'handover-1',
          pool: 'technical',
          offerId: 'offer-1',
          personal: { phoneNumber: '+41795550101' },
          occurredAt: '2026-11-23T10:00:00.000Z',
        },
      },
    ]);
  });

  it('again adds nothing, even when another was accepted in between', () => {
    const first = decided(acceptOffer(given(requested()), { offerId: 'offer-1' }, monday));
    const second = decided(acceptOffer(given(requested(), first), { offerId: 'offer-2' }, monday));
    expect(acceptOffer(given(requested(), first, second), { offerId: 'offer-1' }, monday)).toEqual([]);
  });

  it('again with another number records the number', () => {
    const first = decided(acceptOffer(given(requested()), { offerId: 'offer-1' }, monday));
    const other = { offerId: 'offer-1', phoneNumber: '+41795550101' };
    const second = decided(acceptOffer(given(requested(), first), other, monday));
    expect(second.data).toMatchObject({ personal: { phoneNumber: '+41795550101' } });
    expect(acceptOffer(given(requested(), first, second), other, monday)).toEqual([]);
  });

  it('again after the call was withdrawn is refused: nothing may be confirmed that is cancelled', () => {
    const first = decided(acceptOffer(given(requested()), { offerId: 'offer-1' }, monday));
    const state = given(requested(), first, confirmed, withdrawn);
    expect(acceptOffer(state, { offerId: 'offer-1' }, monday)).toMatchObject({ closedAs: 'withdrawn' });
  });
});

describe('declining the offers', () => {
  it('is recorded with its reason, once', () => {
    const event = decided(declineOffers(given(requested()), 'will-call-again', monday));
    expect(event.data).toMatchObject({ reason: 'will-call-again', pool: 'technical' });
    expect(declineOffers(given(requested(), event), undefined, monday)).toEqual([]);
  });

  it('is refused while an appointment stands: that one is cancelled', () => {
    expect(declineOffers(given(requested(), confirmed), undefined, monday)).toMatchObject({
      refused: 'already-confirmed',
    });
  });

  it('may be said again after an offer was accepted in vain', () => {
    const declined = decided(declineOffers(given(requested()), undefined, monday));
    const accepted = decided(acceptOffer(given(requested(), declined), { offerId: 'offer-1' }, monday));
    expect(declineOffers(given(requested(), declined, accepted), undefined, monday)).toHaveLength(1);
  });
});

describe('superseding a handover', () => {
  it('names the newer one, once', () => {
    const events = supersedeHandover(given(requested()), 'handover-2', monday);
    expect(events).toEqual([
      { type: 'HandoverSuperseded', data: expect.objectContaining({ supersededBy: 'handover-2' }) },
    ]);
    expect(supersedeHandover(given(requested(), ...events), 'handover-3', monday)).toEqual([]);
  });

  it('leaves a handover alone that is over', () => {
    expect(supersedeHandover(given(requested(), completed), 'handover-2', monday)).toEqual([]);
    expect(supersedeHandover(noHandover, 'handover-2', monday)).toEqual([]);
  });
});

describe('a handover that is closed, or that nobody asked for', () => {
  const commands: readonly [string, (state: Handover) => object][] = [
    ['amend', (state) => amendContext(state, { urgency: 'critical' }, monday)],
    ['accept', (state) => acceptOffer(state, { offerId: 'offer-9' }, monday)],
    ['decline', (state) => declineOffers(state, undefined, monday)],
    ['withdraw', (state) => withdrawHandover(state, undefined, monday)],
  ];

  it.each(commands)('refuses to %s', (_name, command) => {
    expect(command(noHandover)).toMatchObject({ refused: 'unknown-handover' });
    for (const [ending, closedAs] of [
      [completed, 'completed'],
      [superseded, 'superseded'],
    ] as const)
      expect(command(given(requested(), ending))).toMatchObject({ refused: 'handover-closed', closedAs });
  });

  it('may be withdrawn again: nothing more happens', () => {
    expect(withdrawHandover(given(requested(), withdrawn), undefined, monday)).toEqual([]);
  });
});
