import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { minuteMs } from '@handover/kernel';
import { aMove, agreedAt, start } from '@handover/dialing/testing';
import { until } from '@handover/platform/testing';
import { Centre } from '../testing/centre.js';

const toLead = start - agreedAt - minuteMs;

describe('dialing over HTTP', () => {
  let centre: Centre;
  beforeEach(async () => {
    centre = await Centre.open({ listen: true });
    await centre.agents('ann');
    await centre.caller('1000');
    await centre.schedule();
  });
  afterEach(() => centre.close());

  const refusal = (answer: { statusCode: number; json(): { type: string } }) => [
    answer.statusCode,
    answer.json().type.replace('/problems/', ''),
  ];

  it('shows a callback, and lists those that are open with their age', async () => {
    await centre.pass(toLead);
    const status = (await centre.get('/v1/callbacks/c-1')).json<object>();
    expect(status).toMatchObject({ phase: 'briefing', agentId: 'ann', acknowledged: false, ageSeconds: 840 });
    expect((await centre.get('/v1/callbacks?pool=care&state=open')).json()).toEqual({
      callbacks: [status],
      total: 1,
    });
    expect((await centre.get('/v1/callbacks?pool=sales')).json()).toEqual({ callbacks: [], total: 0 });
  });

  it('gives the briefing as JSON and as a page, with the freshest context, kept in no cache', async () => {
    await centre.tell('handover-h-1', 'ContextAmended', {
      handoverId: 'h-1',
      personal: { summary: 'Charged three times.' },
      completeness: { percent: 90, gaps: [] },
    });
    const asked = await centre.get('/v1/callbacks/c-1/briefing');
    expect(asked.json()).toMatchObject({
      who: { name: 'Ada Caller' },
      issue: { summary: 'Charged three times.' },
    });
    expect(asked.headers['cache-control']).toBe('no-store');
    expect(asked.body).not.toContain('+41');
    const page = await centre.get('/v1/callbacks/c-1/briefing', { accept: 'text/plain' });
    expect(page.headers['content-type']).toContain('text/plain');
    expect(page.body.split('\n')[1]).toBe('What: billing-dispute: Charged three times.');
  });

  it('takes an acknowledgement once, and a repeat for the same', async () => {
    await centre.pass(toLead);
    expect((await centre.acknowledge()).json()).toMatchObject({ phase: 'ready', acknowledged: true });
    expect((await centre.acknowledge()).statusCode).toBe(200);
    expect((await centre.story()).filter((each) => each === 'BriefingAcknowledged')).toHaveLength(1);
  });

  it('takes a disposition once, and a repeat for the same', async () => {
    await centre.pass(toLead);
    await centre.acknowledge();
    await centre.passUntil('CallerConnected');
    expect((await centre.dispose()).json()).toMatchObject({ phase: 'completed', disposition: 'resolved' });
    expect((await centre.dispose()).statusCode).toBe(200);
    const changed = await centre.dispose('ann', { disposition: 'follow-up' });
    expect(refusal(changed)).toEqual([409, 'callback-closed']);
  });

  it('refuses with a type for each reason', async () => {
    await centre.pass(toLead);
    expect(refusal(await centre.get('/v1/callbacks/c-9'))).toEqual([404, 'unknown-callback']);
    expect(refusal(await centre.get('/v1/callbacks/c-9/briefing'))).toEqual([404, 'unknown-callback']);
    expect(refusal(await centre.acknowledge('ann', 'c-9'))).toEqual([404, 'unknown-callback']);
    expect(refusal(await centre.acknowledge('ben'))).toEqual([409, 'not-your-callback']);
    expect(refusal(await centre.dispose())).toEqual([409, 'not-connected']);
    expect(refusal(await centre.dispose('ann', { disposition: 'voicemail' }))).toEqual([
      400,
      'invalid-request',
    ]);
    expect(refusal(await centre.get('/v1/callbacks?state=closed'))).toEqual([400, 'invalid-request']);
  });

  it('has no briefing for a callback of which the handover is unknown', async () => {
    await centre.schedule({ callbackId: 'c-2', handoverId: 'h-2' });
    expect(refusal(await centre.get('/v1/callbacks/c-2/briefing'))).toEqual([404, 'unknown-handover']);
  });

  describe('the event stream of a desk', () => {
    const open: AbortController[] = [];
    afterEach(() => open.splice(0).forEach((desk) => desk.abort()));

    /** A desk that listens; `heard` grows as events arrive. */
    async function aDesk(agentId: string, lastEventId?: string): Promise<EventSourceMessage[]> {
      const desk = new AbortController();
      open.push(desk);
      const heard: EventSourceMessage[] = [];
      const answer = await fetch(`${centre.service.url}/v1/agents/${agentId}/briefings`, {
        headers: { accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) },
        signal: desk.signal,
      });
      const parser = createParser({ onEvent: (event) => heard.push(event) });
      const read = async (): Promise<void> => {
        const text = new TextDecoder();
        for await (const chunk of answer.body ?? []) parser.feed(text.decode(chunk, { stream: true }));
      };
      read().catch(() => undefined); // the desk was closed
      return heard;
    }
    const types = (heard: readonly EventSourceMessage[]) => heard.map(({ event }) => event);

    it('brings the briefing when it is presented, then what becomes of the callback', async () => {
      const heard = await aDesk('ann');
      await centre.pass(toLead);
      await until(() => heard.length === 2);
      expect(types(heard)).toEqual(['clear', 'briefing']);
      expect(JSON.parse(heard[1]?.data ?? '')).toMatchObject({
        callbackId: 'c-1',
        who: { name: 'Ada Caller' },
      });
      await centre.acknowledge();
      await centre.passUntil('CallerConnected');
      await centre.dispose();
      await until(() => types(heard.slice(1)).includes('clear'));
      expect(heard.slice(2, -1).map(({ data }) => (JSON.parse(data) as { phase: string }).phase)).toEqual([
        'ready',
        'ringing',
        'connected',
        'wrap-up',
      ]);
    });

    it('tells a desk that connects late what it has now', async () => {
      await centre.pass(toLead);
      const heard = await aDesk('ann');
      await until(() => heard.length === 2);
      expect(types(heard)).toEqual(['briefing', 'progress']);
    });

    it('does not repeat a briefing that the desk has, and clears one that has gone meanwhile', async () => {
      await centre.pass(toLead);
      const first = await aDesk('ann');
      await until(() => first.length === 2);
      const again = await aDesk('ann', first[0]?.id);
      await until(() => again.length === 1);
      expect(types(again)).toEqual(['progress']);

      await centre.state('ann', 'away');
      await centre.settle();
      const later = await aDesk('ann', first[0]?.id);
      await until(() => later.length === 1);
      expect(types(later)).toEqual(['clear']);
    });

    it('tells other agents nothing', async () => {
      const bens = await aDesk('ben');
      const anns = await aDesk('ann');
      await centre.pass(toLead);
      await until(() => anns.length === 2);
      expect(types(bens)).toEqual(['clear']);
    });
  });

  it('lets nothing of the pool wait behind a command about a callback that never was', async () => {
    await centre.command('callbacks.cancel', { ...aMove({ callbackId: 'c-9' }), reason: 'caller' });
    await centre.schedule({ callbackId: 'c-2', handoverId: 'h-2' });
    expect(await centre.story('c-9')).toEqual([]);
    expect(await centre.story('c-2')).toEqual(['CallbackScheduled']);
  });
});
