import { streams, topicDefinitions, topics } from '@handover/contracts';
import { hourMs, VirtualClock, type Json } from '@handover/kernel';
import { startService, type Platform, type ReceivedMessage, type RunningService } from '@handover/platform';
import { aPlatform, until } from '@handover/platform/testing';
import { analyticsService } from './index.js';
import { at, cameBack, keptCallback, noon, terms, type Told } from './testing/kept-callback.js';

/** The first answer that is there. */
async function eventually<Value>(
  ask: () => Promise<Value | undefined | false> | Value | undefined,
): Promise<Value> {
  let answer: Value | undefined | false;
  await until(async () => Boolean((answer = await ask())));
  return answer as Value;
}

describe('the analytics service', () => {
  let platform: Platform;
  let service: RunningService;
  let stored = 0;
  const published: ReceivedMessage[] = [];

  const tell = async (events: readonly Told[], correlationId = 'h1'): Promise<void> => {
    for (const [stream, type, data, minutes] of events) {
      const metadata = { correlationId, causationId: 'test', schemaVersion: 1, recordedAt: at(minutes) };
      await platform.store.append(
        stream,
        [
          {
            id: `00000000-0000-4000-8000-${String(++stored).padStart(12, '0')}`,
            type,
            data: data as Json,
            metadata,
          },
        ],
        'any',
      );
    }
  };
  const get = async (url: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await service.app.inject({ method: 'GET', url });
    return { status: answer.statusCode, body: answer.json() };
  };
  const post = async (url: string, payload: object): Promise<number> =>
    (await service.app.inject({ method: 'POST', url, payload })).statusCode;

  beforeAll(async () => {
    platform = await aPlatform({ clock: new VirtualClock(noon + 2 * hourMs), topics: topicDefinitions });
    service = await startService(analyticsService, platform, { listen: false });
    const watching = platform.bus.subscribe({
      group: 'test',
      topics: [topics.outcomeState, topics.surveyEvents],
      handler: async (message) => {
        published.push(message);
      },
    });
    await watching.ready;
    await tell(keptCallback);
  });
  afterAll(async () => {
    await service.stop();
    await platform.close();
  });

  it('tells the whole history of a handover, without what the caller is or said', async () => {
    const { status, body } = await get('/v1/handovers/h1/history');
    expect(status).toBe(200);
    expect(body['outcome']).toMatchObject({
      status: 'completed',
      appointment: 'kept',
      contextPreserved: true,
    });
    expect((body['events'] as unknown[]).length).toBe(6);
    expect(JSON.stringify(body)).not.toMatch(/Robin Doe|5551234/);
  });

  it('tells it as of any past instant', async () => {
    const { body } = await get(`/v1/handovers/h1/history?at=${at(30)}`);
    expect(body['outcome']).toMatchObject({ status: 'scheduled', appointment: 'pending' });
    expect((body['events'] as unknown[]).length).toBe(3);
  });

  it('answers an unknown handover, and an instant that is none, with a problem', async () => {
    expect(await get('/v1/handovers/nobody/history')).toMatchObject({
      status: 404,
      body: { type: expect.stringContaining('unknown-handover') },
    });
    expect((await get('/v1/handovers/h1/history?at=yesterday')).status).toBe(400);
    expect((await get('/v1/handovers/h1/history?at=2090-01-01T00:00:00Z')).body).toMatchObject({
      type: '/problems/invalid-request',
      violations: [{ field: 'at', rule: 'must not be in the future' }],
    });
  });

  it('publishes one current record per handover', async () => {
    const record = await eventually(() =>
      published
        .filter(({ topic, key }) => topic === topics.outcomeState && key === 'h1')
        .map(({ value }) => JSON.parse(String(value)) as object)
        .find((one) => 'disposition' in one),
    );
    expect(record).toMatchObject({
      handoverId: 'h1',
      status: 'completed',
      appointment: 'kept',
      reached: true,
    });
    expect(record).not.toHaveProperty('appointments');
  });

  it('asks the caller who was reached, takes one answer, and shows it beside containment', async () => {
    await platform.bus.publish([
      {
        topic: topics.callbackEvents,
        key: 'h1',
        value: Buffer.from(JSON.stringify(keptCallback.at(-1)?.[2])),
        headers: {
          ce_specversion: '1.0',
          ce_id: 'e1',
          ce_type: 'CallbackCompleted',
          ce_source: '/handover/dialing',
          ce_subject: 'h1',
          ce_correlationid: 'h1',
          'content-type': 'application/json',
        },
      },
    ]);
    await until(() => published.some(({ headers }) => headers['ce_type'] === 'SurveyRequested'));
    expect(await post('/v1/surveys/a1/answer', { score: 6 })).toBe(400);
    expect(
      await post('/v1/surveys/a1/answer', { score: 5, personal: { comment: 'Robin Doe was here' } }),
    ).toBe(202);
    expect(await post('/v1/surveys/a1/answer', { score: 5 })).toBe(202);
    expect(await post('/v1/surveys/a1/answer', { score: 1 })).toBe(409);
    expect(await post('/v1/surveys/nobody/answer', { score: 1 })).toBe(404);
    await tell(
      [
        [
          streams.conversation('c1'),
          'ConversationEnded',
          {
            conversationId: 'c1',
            subjectId: 's1',
            issueType: 'billing-dispute',
            outcome: 'handed-over',
            startedAt: at(-5),
            endedAt: at(0),
            occurredAt: at(0),
          },
          1,
        ],
      ],
      'c1',
    );
    const metrics = await eventually(async () => {
      const { body } = await get('/v1/metrics');
      const all = body['metrics'] as { name: string; value: number | null; denominator: number }[];
      return all.some(({ name, denominator }) => name === 'containment' && denominator === 1) && all;
    });
    expect(metrics).toContainEqual(
      expect.objectContaining({ name: 'containment', value: 0, denominator: 1 }),
    );
    expect(metrics).toContainEqual(
      expect.objectContaining({ name: 'post-transfer-satisfaction', value: 5, denominator: 1 }),
    );
    expect(metrics).toContainEqual(
      expect.objectContaining({ name: 'appointments-kept', value: 1, denominator: 1 }),
    );
    expect(published.map(({ value }) => String(value)).join()).not.toContain('Robin Doe');
  });

  it('counts a conversation on the same issue as a repeat contact, and forgets it with a shorter W', async () => {
    await tell([cameBack], 'c2');
    const value = async (metric: string, hours: number): Promise<number | null | undefined> => {
      const { body } = await get(`/v1/metrics?repeatHours=${hours}`);
      const all = body['metrics'] as { name: string; value: number | null }[];
      return all.find(({ name }) => name === metric)?.value;
    };
    await until(async () => (await value('repeat-contacts', 24)) === 1);
    expect(await value('repeat-contacts', 1)).toBe(0);
    // The earlier conversation does not repeat the later one, which was contained.
    expect(await value('containment', 24)).toBe(0.5);
  });

  it('says in the history what list and record say of a repeat, from the moment that it is known', async () => {
    const repeatedIn = async (url: string): Promise<unknown> =>
      ((await get(url)).body['outcome'] as Record<string, unknown>)['repeatContact'];
    expect((await get('/v1/outcomes')).body['outcomes']).toMatchObject([{ repeatContact: true }]);
    expect(await repeatedIn('/v1/handovers/h1/history')).toBe(true);
    expect(await repeatedIn(`/v1/handovers/h1/history?at=${at(94)}`)).toBe(false);
    await until(() =>
      published.some(
        ({ topic, key, value }) =>
          topic === topics.outcomeState && key === 'h1' && String(value).includes('"repeatContact":true'),
      ),
    );
  });

  it('lists what is still open, with its age', async () => {
    await tell(
      [
        [
          streams.handover('h2'),
          'HandoverRequested',
          {
            ...terms,
            handoverId: 'h2',
            conversationId: 'c3',
            urgency: 'normal',
            issue: { type: 'x' },
            occurredAt: at(100),
          },
          100,
        ],
      ],
      'h2',
    );
    const open = await eventually(async () => {
      const { body } = await get('/v1/outcomes?state=open');
      return (body['outcomes'] as { handoverId: string }[]).find(({ handoverId }) => handoverId === 'h2');
    });
    expect(open).toMatchObject({ status: 'requested', closed: false, ageSeconds: 1200 });
  });

  it('counts a conversation that only its handover tells of as not contained', async () => {
    const { body } = await get('/v1/metrics');
    expect(body['metrics']).toContainEqual(
      expect.objectContaining({ name: 'containment', numerator: 1, denominator: 3 }),
    );
    expect(body['metrics']).toContainEqual(
      expect.objectContaining({ name: 'scheduled', numerator: 2, denominator: 3 }),
    );
  });

  it('refuses an empty window and an unknown breakdown, naming field and rule', async () => {
    expect(await get(`/v1/metrics?from=${at(10)}&to=${at(5)}`)).toMatchObject({
      status: 400,
      body: { violations: [{ field: 'from' }] },
    });
    expect((await get('/v1/metrics?by=colour')).status).toBe(400);
  });
});
