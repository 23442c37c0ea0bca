import { ConversationAnswer } from '@handover/contracts';
import { aConversationReport } from '@handover/intake/testing';
import { type ReceivedMessage, validated } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { RunningIntake } from '../testing/a-running-intake.js';

describe('POST /v1/conversations', () => {
  let intake: RunningIntake;
  beforeAll(async () => {
    intake = await RunningIntake.start();
  });
  afterAll(() => intake.stop());

  const report = (given = {}) => intake.call('POST', '/v1/conversations', aConversationReport(given));

  it('records how it ended, and answers the same report the same, whenever it comes', async () => {
    const first = await report();
    expect(first).toMatchObject({
      status: 201,
      body: {
        conversationId: 'conversation-1',
        outcome: 'contained',
        recordedAt: '2026-11-23T10:00:00.000Z',
      },
    });
    expect(await validated(first.body, ConversationAnswer, 'refused')).toHaveProperty('data');
    intake.clock.advanceBy(60_000);
    expect(await report()).toMatchObject({ status: 201, body: first.body });
    expect(await intake.types('conversation-1')).toEqual(['ConversationEnded']);
  });

  it('refuses another report about the same conversation', async () => {
    await report({ conversationId: 'conversation-2' });
    expect(await report({ conversationId: 'conversation-2', outcome: 'abandoned' })).toMatchObject({
      status: 409,
      body: { type: '/problems/conversation-differs' },
    });
  });

  it('publishes it, keyed by the conversation', async () => {
    const seen: ReceivedMessage[] = [];
    const watch = intake.platform.bus.subscribe({
      group: 'watch',
      topics: ['handover.conversations.events.v1'],
      handler: async (message) => void seen.push(message),
    });
    await report({ conversationId: 'conversation-3' });
    await until(() => seen.some(({ key }) => key === 'conversation-3'));
    await watch.stop();
  });
});
