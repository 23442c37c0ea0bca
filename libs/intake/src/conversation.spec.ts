import { evolveConversation, noConversation, reportConversation } from './conversation.js';
import { aConversationReport, monday } from './testing/index.js';

const reported = (given = {}) =>
  [reportConversation(noConversation, aConversationReport(given), monday)]
    .flatMap((decision) => ('refused' in decision ? [] : decision))
    .reduce(evolveConversation, noConversation);

describe('reporting how a conversation ended', () => {
  it('is recorded with the time of the report', () => {
    expect(reportConversation(noConversation, aConversationReport(), monday)).toEqual([
      {
        type: 'ConversationEnded',
        data: { ...aConversationReport(), occurredAt: '2026-11-23T10:00:00.000Z' },
      },
    ]);
  });

  it('a second time with the same values adds nothing, whenever it comes', () => {
    const aYearLater = monday + 365 * 86_400_000;
    expect(reportConversation(reported(), aConversationReport(), aYearLater)).toEqual([]);
  });

  it('a second time with other values is refused: the first report stands', () => {
    const other = aConversationReport({ outcome: 'abandoned' });
    expect(reportConversation(reported(), other, monday)).toMatchObject({ refused: 'conversation-differs' });
  });

  it.each([
    ['ended before it started', { endedAt: '2026-11-23T09:49:59Z' }, 'must not be before startedAt'],
    ['ends in the future', { endedAt: '2026-11-23T10:10:01Z' }, 'must not be in the future'],
    ['ends decades from now', { endedAt: '2099-01-01T00:00:00Z' }, 'must not be in the future'],
  ])('is refused if it %s', (_case, given, rule) => {
    expect(reportConversation(noConversation, aConversationReport(given), monday)).toMatchObject({
      refused: 'implausible',
      violations: [{ field: 'endedAt', rule }],
    });
  });

  it('forgives clocks that are some minutes ahead', () => {
    const ahead = aConversationReport({ endedAt: '2026-11-23T10:10:00Z' });
    expect(reportConversation(noConversation, ahead, monday)).toHaveLength(1);
  });
});
