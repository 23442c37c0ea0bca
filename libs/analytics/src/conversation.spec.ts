import { type DomainEvent } from '@handover/contracts';
import { evolveConversation, type Conversation } from './conversation.js';
import { story } from './testing/story.js';

const known = (...events: readonly DomainEvent[]): Conversation | undefined =>
  events.reduce<Conversation | undefined>(evolveConversation, undefined);

describe('a conversation', () => {
  it('is what its bot reports', () => {
    expect(known(story.reported(3, 'contained'))).toMatchObject({ outcome: 'contained', appointed: false });
  });

  it('that nobody reports is known from its handover, with its issue and language', () => {
    expect(known(story.requested(2))).toMatchObject({
      outcome: 'handed-over',
      issueType: 'billing-dispute',
      language: 'en',
      startedAt: '2026-11-23T12:02:00.000Z',
      endedAt: '2026-11-23T12:02:00.000Z',
    });
  });

  it('is as long as reported, whichever comes first, and has the issue of its handover if the report has none', () => {
    const outcome = {
      outcome: 'abandoned',
      issueType: 'billing-dispute',
      startedAt: '2026-11-23T11:58:00.000Z',
    };
    expect(known(story.requested(2), story.reported(3, 'abandoned'))).toMatchObject(outcome);
    expect(known(story.reported(3, 'abandoned'), story.requested(4))).toMatchObject(outcome);
  });

  it.each(['contained', 'abandoned'])(
    'that got an appointment is handed over, if it was reported %s',
    (told) => {
      const appointed = { outcome: 'handed-over', appointed: true };
      expect(known(story.reported(1, told), story.requested(2), story.confirmed(3, 60))).toMatchObject(
        appointed,
      );
      expect(known(story.requested(2), story.confirmed(3, 60), story.reported(4, told))).toMatchObject(
        appointed,
      );
    },
  );
});
