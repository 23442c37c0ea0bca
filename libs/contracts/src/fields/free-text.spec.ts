import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { IsNote, IsText } from './rules.js';

class Said {
  @IsText(10) summary!: string;
  @IsText(10, { each: true }) discussed!: string[];
  @IsNote(10) comment!: string;
}
const said = (given: object): Said =>
  plainToInstance(Said, { summary: 'x', discussed: [], comment: '', ...given });

describe('free text', () => {
  it('reaches nobody with characters that command a terminal or turn the writing', () => {
    const { summary, discussed, comment } = said({
      summary: '\u001b[2Jpaid',
      discussed: ['a\u0000b\u007f', 'x\u202ey\u009bz'],
      comment: 'ok\u0007',
    });
    expect([summary, ...discussed, comment]).toEqual(['[2Jpaid', 'ab', 'xyz', 'ok']);
  });

  it('keeps lines, tabs and every script', () => {
    const { summary } = said({ summary: 'Grüße\r\n\t日本🙂' });
    expect(summary).toBe('Grüße\n\t日本🙂');
  });

  it('is measured as it is kept: nothing legible is no text', () => {
    expect(validateSync(said({ summary: '\u001b' })).map(({ property }) => property)).toEqual(['summary']);
    expect(validateSync(said({ summary: `${'\u0000'.repeat(20)}fits` }))).toEqual([]);
  });

  it('is still refused where it is no text at all', () => {
    expect(validateSync(said({ summary: 7, discussed: [null] }))).toHaveLength(2);
  });
});
