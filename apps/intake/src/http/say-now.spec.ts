import { type HandoverView, dispositions, handoverStatuses } from '@handover/contracts';
import { minuteMs, toIso } from '@handover/kernel';
import { monday } from '@handover/intake/testing';
import { sayNow } from './say-now.js';

const start = toIso(monday + 45 * minuteMs);
const end = toIso(monday + 50 * minuteMs);
const of = { timeZone: 'Europe/Zurich', offerId: 'o-1', start, end, words: '' };

const aView = (given: Partial<HandoverView>): HandoverView => ({
  handoverId: 'h-1',
  conversationId: 'c-1',
  subjectId: 's-1',
  issueType: 'billing-dispute',
  language: 'en',
  timeZone: 'Europe/Zurich',
  urgency: 'normal',
  routing: { pool: 'billing', skills: ['en'], rule: 'billing' },
  completeness: { percent: 100, gaps: [] },
  status: 'scheduled',
  closed: false,
  offers: [{ ...of, holdUntil: end }],
  appointment: { ...of, appointmentId: 'a-1', state: 'confirmed' },
  requestedAt: toIso(monday),
  updatedAt: toIso(monday),
  ...given,
});
const aCallback = { callbackId: 'a-1', attempts: 0, missed: false };
const says = (given: Partial<HandoverView>): string => sayNow(aView(given), monday);

describe('what a bot tells a caller who asks how it stands', () => {
  it('is a whole sentence in every status, in both languages', () => {
    for (const status of handoverStatuses)
      for (const language of ['en', 'de'])
        expect(says({ status, language, noSlot: { reason: 'fully-booked' } })).toMatch(/^\p{Lu}.*\.$/u);
  });

  it('announces a call only while one is to come', () => {
    const announced = handoverStatuses.filter((status) => /will call you/.test(says({ status })));
    expect(announced).toEqual(['scheduled', 'at-risk', 'briefing']);
  });

  it('says how the call ended', () => {
    const said = dispositions.map((disposition) =>
      says({ status: 'completed', callback: { ...aCallback, disposition } }),
    );
    expect(new Set(said).size).toBe(dispositions.length);
    expect(said[0]).toMatch(/has talked with you/);
  });

  it('owns that the agreed time passed, also while an agent is briefed for the late call', () => {
    const missed = { callback: { ...aCallback, missed: true } };
    for (const status of ['missed', 'scheduled', 'briefing'] as const)
      expect(says({ ...missed, status })).toMatch(/did not call you at 11:45/);
  });

  it('promises another try after one that reached nobody', () => {
    expect(says({ callback: { ...aCallback, attempts: 1 } })).toMatch(/will try again/);
  });

  it('names the old time beside the new one of a call that was moved', () => {
    const movedFrom = toIso(monday + 15 * minuteMs);
    const appointment = { ...of, appointmentId: 'a-1', state: 'confirmed' as const, movedFrom };
    expect(says({ appointment })).toMatch(/cannot call you at 11:15 .* will call you at 11:45/);
  });

  it('points at a time as one does now, not as one did when it was agreed', () => {
    const dayBefore = monday - 24 * 60 * minuteMs;
    expect(sayNow(aView({}), dayBefore)).toMatch(/tomorrow at 11:45/);
    expect(says({})).toMatch(/at 11:45 this morning/);
  });

  it('cancels only what was agreed', () => {
    expect(says({ status: 'withdrawn' })).toBe('Your call is cancelled.');
    expect(says({ status: 'withdrawn', appointment: undefined })).toBe(
      'All right, I will not schedule a call.',
    );
  });
});
