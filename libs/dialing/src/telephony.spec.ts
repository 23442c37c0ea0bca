import { outcomeOf } from './telephony.js';

describe('hang-up causes', () => {
  it.each([
    ['sip:486', 'busy'],
    ['sip:480', 'no-answer'],
    ['sip:408', 'no-answer'],
    ['sip:404', 'wrong-number'],
    ['sip:603', 'declined'],
    ['sip:503', 'failed'],
  ] as const)('%s means %s', (cause, outcome) => {
    expect(outcomeOf(cause)).toBe(outcome);
  });

  it('that say nothing about the called person mean that the dial failed', () => {
    expect(outcomeOf('telephony-unreachable')).toBe('failed');
    expect(outcomeOf('')).toBe('failed');
  });
});
