import { secondMs } from '@handover/kernel';
import { overview } from './overview.js';
import { aRow, confirm, justBefore, project, request } from './testing/builders.js';
import { Story } from './testing/story.js';

/** A pool of two from 10:00 on, where h1 has 10:00 and h2 holds other times; it is 9:59. */
function aBusyPool(): Story {
  const story = new Story();
  story.when(project({ rows: [aRow(2)] }), request());
  story.wait(30 * secondMs).when(confirm({ offerId: story.offer().offerId }));
  story.when(request({ handoverId: 'h2' }));
  return story;
}

describe('the overview of a slot book', () => {
  it('says cell by cell what is promised, held and free, from the present cell on', () => {
    const book = overview(aBusyPool().pool, justBefore, 1);
    expect(book?.promised.slice(0, 4)).toEqual([0, 1, 0, 0]);
    expect(book?.held.slice(0, 4)).toEqual([0, 1, 0, 0]);
    expect(book?.free).toEqual([{ skills: ['billing'], cells: [0, 0, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2] }]);
  });

  it('ends where it was asked to end, whatever lies beyond', () => {
    const book = overview(aBusyPool().pool, justBefore, 1 / 12);
    expect([book?.held, book?.promised, book?.atRisk]).toEqual([[0], [0], [0]]);
  });

  it('does not exist without capacity', () => {
    expect(overview(new Story().pool, justBefore, 1)).toBeUndefined();
  });
});
