import { type Measured, line } from './report.js';

describe('a line of the demo’s report', () => {
  const share: Measured = {
    name: 'reached',
    version: 1,
    unit: 'share',
    value: 0.75,
    numerator: 3,
    denominator: 4,
    denominatorMeaning: 'callbacks dialled',
  };
  const textOf = (metric: Measured): string => line(metric).replace(/ +/g, ' ').trim();

  it('shows a share in percent, and of what', () => {
    expect(textOf(share)).toBe('reached 75.0 % 3 of 4 callbacks dialled');
  });

  it('shows a mean as one: a sum is no part of a count', () => {
    const mean = { ...share, name: 'satisfaction', unit: 'mean score', value: 4.25, numerator: 17 };
    expect(textOf({ ...mean, denominatorMeaning: 'surveys answered' })).toBe(
      'satisfaction 4.25 17 in 4 surveys answered',
    );
  });

  it('shows no number for what did not happen', () => {
    expect(textOf({ ...share, value: null, numerator: 0, denominator: 0 })).toBe(
      'reached – 0 of 0 callbacks dialled',
    );
  });
});
