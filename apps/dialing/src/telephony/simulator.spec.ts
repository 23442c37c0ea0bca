import { VirtualClock, secondMs } from '@handover/kernel';
import { type CallEvent, type DialRequest } from '@handover/dialing';
import { fateOf } from './fate.js';
import { openTelephony } from './open-telephony.js';

const request = (given: Partial<DialRequest> = {}): DialRequest => ({
  attemptId: 'a-1',
  attempt: 1,
  phoneNumber: '+41445551234',
  agentId: 'ann',
  language: 'en',
  ringMs: 30 * secondMs,
  maxTalkMs: 600 * secondMs,
  ...given,
});
const turn = () => new Promise((resume) => setImmediate(resume));

/** Makes the call and moves time on until it has ended; `each` sees every event with the seconds since the dial. */
async function call(url: string, given: Partial<DialRequest> = {}, each = async (_event: CallEvent) => {}) {
  const clock = new VirtualClock(0);
  const telephony = openTelephony(url, clock);
  const heard: [string, number][] = [];
  let over = false;
  const listening = (async () => {
    for await (const event of telephony.dial(request(given))) {
      const said = event.type === 'answered' ? event.by : event.type === 'ended' ? event.cause : event.type;
      heard.push([said, clock.now() / secondMs]);
      await each(event);
    }
    over = true;
  })();
  for (; !over; await turn()) clock.advanceBy(secondMs);
  await listening;
  return { heard, telephony };
}

describe('the simulated exchange', () => {
  it.each([
    ['0002', 1, 'no-answer'],
    ['0003', 2, 'voicemail'],
    ['0004', 1, 'wrong-number'],
    ['0005', 1, 'declined'],
    ['0006', 3, 'failed'],
    ['0001', 1, 'busy'],
    ['0001', 2, 'person'],
    ['0007', 1, 'no-answer'],
    ['0007', 2, 'person'],
    ['1000', 1, 'person'],
  ])('steers a number …%s at attempt %i to %s, whatever the odds', (digits, attempt, fate) => {
    const odds = { declined: 1 };
    expect(fateOf(request({ phoneNumber: `+4144555${digits}`, attempt }), odds)).toBe(fate);
  });

  it('gives the same attempt the same fate, and many attempts the odds', () => {
    const odds = { busy: 0.1, 'no-answer': 0.2 };
    const fates = Array.from({ length: 5_000 }, (_, index) =>
      fateOf(request({ attemptId: `a-${index}` }), odds),
    );
    const shareOf = (fate: string) => fates.filter((each) => each === fate).length / fates.length;
    expect(shareOf('busy')).toBeCloseTo(0.1, 1);
    expect(shareOf('no-answer')).toBeCloseTo(0.2, 1);
    expect(shareOf('person')).toBeCloseTo(0.7, 1);
    expect(fateOf(request(), odds)).toBe(fateOf(request(), odds));
  });

  it('rings, lets a person answer, and ends the call when talk has lasted long enough', async () => {
    const { heard } = await call('simulator:?ring-seconds=6');
    expect(heard.map(([said]) => said)).toEqual(['ringing', 'person', 'hung-up']);
    const [ringing = 0, answered = 0, ended = 0] = heard.map(([, seconds]) => seconds);
    expect(answered - ringing).toBeGreaterThanOrEqual(6);
    expect(ended - answered).toBeGreaterThanOrEqual(600);
  });

  it('lets it ring in vain as long as it is told to', async () => {
    const { heard } = await call('simulator:', { phoneNumber: '+41445550002' });
    expect(heard.at(-1)).toEqual(['sip:480', expect.any(Number)]);
    expect(heard.at(-1)?.[1]).toBeGreaterThanOrEqual(30);
  });

  it('ends a call at once when we hang up, and forgets it', async () => {
    const clock = new VirtualClock(0);
    const telephony = openTelephony('simulator:', clock);
    const events: CallEvent[] = [];
    for await (const event of telephony.dial(request())) {
      events.push(event);
      if (event.type === 'ringing') await telephony.hangUp('a-1');
    }
    expect(events).toEqual([{ type: 'ringing' }, { type: 'ended', cause: 'sip:487' }]);
    expect(clock.now()).toBe(0);
    await expect(telephony.hangUp('a-1')).resolves.toBeUndefined();
  });

  it('refuses a second call of the same id while the first lives', async () => {
    const telephony = openTelephony('simulator:', new VirtualClock(0));
    const first = telephony.dial(request())[Symbol.asyncIterator]();
    await first.next();
    const second = telephony.dial(request())[Symbol.asyncIterator]();
    await expect(second.next()).rejects.toThrow('exists already');
  });

  it.each([
    ['asterisk://host', 'names no telephony adapter'],
    ['simulator:?bussy=0.1', 'an option "bussy"'],
    ['simulator:?busy=1.5', 'busy must be from 0 to 1'],
    ['simulator:?busy=0.6&failed=0.6', 'more than 1'],
    ['simulator:?ring-seconds=x', 'ring-seconds must be from 0 to 600'],
  ])('refuses the setting %s', (url, why) => {
    expect(() => openTelephony(url, new VirtualClock(0))).toThrow(why);
  });
});
