import { aConversationReport, aHandoverRequest } from '@handover/intake/testing';
import { all } from '@handover/platform/testing';
import { RunningIntake } from '../testing/a-running-intake.js';

describe('bad input over HTTP', () => {
  let intake: RunningIntake;
  beforeAll(async () => {
    intake = await RunningIntake.start();
  });
  afterAll(() => intake.stop());
  afterEach(async () => {
    expect(await all(intake.platform.store.readAll())).toEqual([]);
  });

  const personal = aHandoverRequest().personal;
  const violationsOf = async (given: object): Promise<[number, unknown]> => {
    const { status, body } = await intake.call('POST', '/v1/handovers', { ...aHandoverRequest(), ...given });
    return [status, (body['violations'] as { field: string }[] | undefined)?.map(({ field }) => field)];
  };

  it.each<[string, object, string[]]>([
    [
      'a number that is none',
      { personal: { ...personal, phoneNumber: '044 555 01 00' } },
      ['personal.phoneNumber'],
    ],
    ['no number at all', { personal: { name: 'Robin' } }, ['personal.phoneNumber']],
    ['an unknown field', { colour: 'red' }, ['colour']],
    ['an unknown field in depth', { issue: { type: 'x', mood: 'bad' } }, ['issue.mood']],
    ['a word that is not in the list', { urgency: 'asap' }, ['urgency']],
    ['a zone that does not exist', { timeZone: 'Europe/Bern' }, ['timeZone']],
    ['a language that is none', { language: 'Deutsch' }, ['language']],
    ['a day that does not exist', { wishes: { notBefore: '2026-02-30T10:00:00Z' } }, ['wishes.notBefore']],
    ['a year beyond all plans', { wishes: { notAfter: '9999-01-01T00:00:00Z' } }, ['wishes.notAfter']],
    ['an instant without a zone', { wishes: { notAfter: '2026-11-24T10:00:00' } }, ['wishes.notAfter']],
    ['wishes that cannot be met', { wishes: { notAfter: '2026-11-23T09:00:00Z' } }, ['wishes.notAfter']],
    ['a wish of long ago', { wishes: { notBefore: '2001-01-01T00:00:00Z' } }, ['wishes.notBefore']],
    ['an offset for a zone', { timeZone: '+01:00' }, ['timeZone']],
    [
      'a feeling of another century',
      { sentiment: { mood: 'calm', observedAt: '2090-01-01T00:00:00Z' } },
      ['sentiment.observedAt'],
    ],
    [
      'an opportunity that never ends',
      { opportunities: [{ opportunityId: 'o', product: 'p', expiresAt: '2099-12-31T00:00:00Z' }] },
      ['opportunities[0].expiresAt'],
    ],
    [
      'words of long ago',
      { personal: { ...personal, transcript: [{ speaker: 'bot', text: 'Hi', at: '2001-01-01T00:00:00Z' }] } },
      ['personal.transcript[0].at'],
    ],
    ['a text too long', { personal: { ...personal, summary: 'x'.repeat(501) } }, ['personal.summary']],
    ['a word for an object', { issue: 'billing-dispute' }, ['issue']],
    ['words for objects', { attempted: ['Explained it', null] }, ['attempted[0]', 'attempted[1]']],
    ['too many tries', { attempted: Array(21).fill({ action: 'a', outcome: 'failed' }) }, ['attempted']],
  ])('%s: the problem names the field', async (_case, given, fields) => {
    expect(await violationsOf(given)).toEqual([400, fields]);
  });

  it('is never echoed: what is personal is in no problem', async () => {
    const wrong = { ...personal, phoneNumber: '044 999 01 00', name: 'R'.repeat(101), summary: 4711 };
    const { body } = await intake.call('POST', '/v1/handovers', { ...aHandoverRequest(), personal: wrong });
    expect(JSON.stringify(body)).not.toMatch(/999|RRR|4711/);
  });

  it.each([
    ['Idempotency-Key', 'x'.repeat(129)],
    ['Idempotency-Key', 'two words'],
    ['Handover-Client', '/bots/1'],
  ])('a header %s that breaks its rule is named', async (name, value) => {
    const answer = await intake.call('POST', '/v1/handovers', aHandoverRequest(), { [name]: value });
    expect(answer).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-request', violations: [{ field: name }] },
    });
    expect(JSON.stringify(answer.body)).not.toContain(value);
  });

  it('what is not JSON, or too large, or too deep, is refused unread', async () => {
    const statuses = [
      (await intake.call('POST', '/v1/handovers', '{"conversationId":')).status,
      (await intake.call('POST', '/v1/handovers', JSON.stringify('x'.repeat(300_000)))).status,
      (await intake.call('POST', '/v1/handovers', '['.repeat(10_000) + ']'.repeat(10_000))).status,
      (await intake.call('POST', '/v1/handovers', '[]')).status,
      (
        await intake.call('POST', '/v1/handovers', 'a=b', {
          'content-type': 'application/x-www-form-urlencoded',
        })
      ).status,
    ];
    expect(statuses).toEqual([400, 413, 400, 400, 415]);
  });

  it('an acceptance without an offer, or with a number that is none, is refused', async () => {
    const accept = (body: object) => intake.call('POST', '/v1/handovers/h-1/appointment', body);
    expect(await accept({})).toMatchObject({
      status: 400,
      body: { violations: [{ field: 'offerId', rule: 'must be a string' }, { field: 'offerId' }] },
    });
    expect(await accept({ offerId: 'o', phoneNumber: '0800' })).toMatchObject({
      status: 400,
      body: { violations: [{ field: 'phoneNumber' }] },
    });
  });

  it('a conversation that ends before it begins is refused', async () => {
    const report = aConversationReport({ endedAt: '2026-11-23T09:00:00Z' });
    expect(await intake.call('POST', '/v1/conversations', report)).toMatchObject({
      status: 400,
      body: { violations: [{ field: 'endedAt', rule: 'must not be before startedAt' }] },
    });
  });
});
