import { type DomainEvent } from '../domain-event.js';
import { type HandoverProgress, evolveProgress } from './fold-progress.js';

const event = (type: DomainEvent['type'], data: object = {}): DomainEvent => ({ type, data }) as DomainEvent;
const requested = event('HandoverRequested');
const held = event('OffersHeld', { offers: [{ offerId: 'o1' }, { offerId: 'o2' }] });
const confirmed = event('AppointmentConfirmed', { offerId: 'o1' });

const after = (...events: readonly DomainEvent[]): HandoverProgress | undefined =>
  events.reduce<HandoverProgress | undefined>(evolveProgress, undefined);

describe('the progress of a handover', () => {
  it('begins with the request', () => {
    expect(after(held, confirmed)).toBeUndefined();
    expect(after(requested)).toEqual({ status: 'requested', closed: false, offerIds: [], missed: false });
  });

  it('remembers the offers that are still held', () => {
    expect(after(requested, held, confirmed)).toMatchObject({ status: 'scheduled', offerIds: ['o2'] });
    const released = event('OfferReleased', { offerIds: ['o1', 'o2'] });
    expect(after(requested, held, released)).toMatchObject({ status: 'expired', offerIds: [] });
  });

  it('goes back to where it was when an agent is released or nobody answers', () => {
    const briefed = [requested, held, confirmed, event('BriefingPresented')];
    expect(after(...briefed, event('AgentReleased'))?.status).toBe('scheduled');
    const unanswered = [event('AttemptStarted'), event('AttemptEnded', { outcome: 'busy' })];
    expect(after(...briefed, ...unanswered)?.status).toBe('scheduled');
    expect(after(...briefed, event('CallbackMissed'), ...unanswered)?.status).toBe('missed');
  });

  it('does not change when an offer that is no longer needed ends', () => {
    const dialling = [requested, held, confirmed, event('AttemptStarted')];
    const ended = event('HoldExpired', { offerIds: ['o2'] });
    expect(after(...dialling, ended)).toMatchObject({ status: 'dialing', offerIds: [] });
  });

  it('may be offered times again after the caller declined', () => {
    const declined = after(requested, held, event('OffersDeclined'));
    expect(declined).toMatchObject({ status: 'declined', closed: true, offerIds: [] });
    expect(declined && evolveProgress(declined, held)).toMatchObject({ status: 'offered', closed: false });
  });

  it('ends once, and is completed only by a callback that was held nevertheless', () => {
    const ended = after(requested, held, event('HandoverWithdrawn'));
    expect(ended && evolveProgress(ended, confirmed)).toMatchObject({ status: 'withdrawn', closed: true });
    expect(ended && evolveProgress(ended, event('CallbackCompleted'))?.status).toBe('completed');
  });

  it('is the same object after an event that says nothing about it', () => {
    const progress = after(requested, held);
    expect(progress && evolveProgress(progress, event('SurveyRequested'))).toBe(progress);
  });
});
