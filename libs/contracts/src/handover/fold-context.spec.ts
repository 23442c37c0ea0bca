import { foldContext } from './fold-context.js';

const requested = {
  type: 'HandoverRequested',
  data: {
    handoverId: 'h-1',
    urgency: 'normal',
    sentiment: { mood: 'angry' },
    attempted: [{ action: 'Reset the router', outcome: 'failed' }],
    completeness: { percent: 60, gaps: [] },
    personal: { phoneNumber: '+41445551234', name: 'A. Caller', discussed: ['router'] },
  },
};

describe('the context of a handover', () => {
  it('is what was requested, until something is added', () => {
    expect(foldContext([requested])).toEqual(requested.data);
  });

  it('takes each field of an amendment in place of the earlier one, and keeps the others', () => {
    const amendment = {
      type: 'ContextAmended',
      data: {
        handoverId: 'h-1',
        urgency: 'high',
        completeness: { percent: 80, gaps: [] },
        personal: { summary: 'No signal since Monday.', discussed: ['router', 'cables'] },
      },
    };
    expect(foldContext([requested, amendment])).toEqual({
      ...requested.data,
      urgency: 'high',
      completeness: { percent: 80, gaps: [] },
      personal: {
        phoneNumber: '+41445551234',
        name: 'A. Caller',
        summary: 'No signal since Monday.',
        discussed: ['router', 'cables'],
      },
    });
  });

  it('forgets what was taken back', () => {
    const amendment = {
      type: 'ContextAmended',
      data: { removed: ['sentiment', 'personal.name'], completeness: { percent: 40, gaps: [] } },
    };
    const context = foldContext([requested, amendment]);
    expect(context).not.toHaveProperty('sentiment');
    expect(context).not.toHaveProperty('removed');
    expect(context?.personal).toEqual({ phoneNumber: '+41445551234', discussed: ['router'] });
  });

  it('has the number that the caller gave last', () => {
    const accepted = {
      type: 'OfferAccepted',
      data: { offerId: 'o-1', personal: { phoneNumber: '+41795550000' } },
    };
    expect(foldContext([requested, accepted])?.personal.phoneNumber).toBe('+41795550000');
    const again = { type: 'OfferAccepted', data: { offerId: 'o-2' } };
    expect(foldContext([requested, accepted, again])?.personal.phoneNumber).toBe('+41795550000');
  });

  it('is not changed by other events of the history', () => {
    const others = ['OffersHeld', 'CallbackCompleted', 'SomethingFromTheFuture'].map((type) => ({
      type,
      data: { urgency: 'low', personal: { notes: 'x' } },
    }));
    expect(foldContext([requested, ...others])).toEqual(requested.data);
  });

  it('does not exist before the request', () => {
    expect(foldContext([{ type: 'ContextAmended', data: { urgency: 'low' } }])).toBeUndefined();
  });
});
