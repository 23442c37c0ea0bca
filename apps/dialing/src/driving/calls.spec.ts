import { pino } from 'pino';
import { streams, type CallbackEvent } from '@handover/contracts';
import { type CallEvent, type KnownCallback, type Telephony, usualSettings } from '@handover/dialing';
import { aContext, briefedAgent, daytime, givenKnown, start } from '@handover/dialing/testing';
import { type Json, VirtualClock, countingIds, idFrom, minuteMs, secondMs, toIso } from '@handover/kernel';
import { type EventStore, memoryEventStore, StoreUnavailable } from '@handover/platform';
import { all, until } from '@handover/platform/testing';
import { CallbackLog } from '../callback-log.js';
import { MortalStore } from '../testing/mortal-store.js';
import { Calls } from './calls.js';

/** An exchange that a test plays. */
class Exchange implements Telephony {
  readonly dialled: string[] = [];
  readonly hungUp: string[] = [];
  private hear: (event: CallEvent) => void = () => undefined;

  constructor(private readonly fails = false) {}

  async *dial({ attemptId }: { attemptId: string }): AsyncGenerator<CallEvent> {
    this.dialled.push(attemptId);
    if (this.fails) throw new Error('connection refused');
    for (;;) {
      const event = await new Promise<CallEvent>((resolve) => (this.hear = resolve));
      yield event;
      if (event.type === 'ended') return;
    }
  }

  async hangUp(attemptId: string): Promise<void> {
    this.hungUp.push(attemptId);
  }

  tells(event: CallEvent): void {
    this.hear(event);
  }
}

describe('calls', () => {
  const clock = new VirtualClock(start);
  let inner: EventStore;
  let callback: KnownCallback;

  const store = (events: readonly CallbackEvent[]) =>
    Promise.all(events.map(({ type, data }) => tell(streams.callback('c-1'), type, data)));
  const tell = (stream: string, type: string, data: object) =>
    inner.append(
      stream,
      [
        {
          id: idFrom(stream, type, JSON.stringify(data)),
          type,
          data: data as Json,
          metadata: {
            correlationId: 'h-1',
            causationId: 't',
            schemaVersion: 1,
            recordedAt: toIso(clock.now()),
          },
        },
      ],
      'any',
    );
  const events = async () =>
    (await all(inner.readStream(streams.callback('c-1')))) as unknown as CallbackEvent[];
  const last = async () => (await events()).at(-1);
  const callsOn = (exchange: Exchange, seen = inner) => {
    const ids = countingIds();
    const log = new CallbackLog(seen, clock, ids);
    return new Calls(log, exchange, usualSettings, clock, ids, pino({ level: 'silent' }));
  };

  beforeEach(async () => {
    inner = memoryEventStore(clock);
    await store(briefedAgent);
    await tell(streams.handover('h-1'), 'HandoverRequested', aContext());
    callback = givenKnown(...briefedAgent);
  });

  it('are hung up when somebody answers and the attempt is over by then', async () => {
    const exchange = new Exchange();
    await callsOn(exchange).place(callback, daytime);
    const started = await last();
    const { attemptId } = started?.data as { attemptId: string };
    await tell(streams.callback('c-1'), 'AttemptEnded', {
      ...started?.data,
      outcome: 'failed',
      cause: 'dialing-restarted',
    });
    exchange.tells({ type: 'answered', by: 'person' });
    await until(() => exchange.hungUp.length > 0);
    expect(exchange.hungUp).toEqual([attemptId]);
    expect((await events()).some(({ type }) => type === 'CallerConnected')).toBe(false);
  });

  it.each([
    ['others had given the attempt up', minuteMs],
    ['less than half of the ringing was left', 36 * secondMs],
  ])('are not made by a process that slept until %s', async (_case, sleptMs) => {
    const exchange = new Exchange();
    const slow = new Proxy(inner, {
      get: (target, name: keyof EventStore) =>
        name === 'append'
          ? async (...parameters: Parameters<EventStore['append']>) => {
              const result = await target.append(...parameters);
              clock.advanceBy(sleptMs);
              return result;
            }
          : target[name].bind(target),
    });
    await callsOn(exchange, slow).place(callback, daytime);
    await until(async () => (await last())?.type === 'AttemptEnded');
    expect(exchange.dialled).toEqual([]);
    expect((await last())?.data).toMatchObject({ outcome: 'failed', cause: 'not-dialled-in-time' });
  });

  it('that the exchange cannot make are ended there too, in case they were made', async () => {
    const exchange = new Exchange(true);
    await callsOn(exchange).place(givenKnown(...briefedAgent), daytime);
    await until(async () => (await last())?.type === 'AttemptEnded');
    expect((await last())?.data).toMatchObject({ outcome: 'failed', cause: 'telephony-unreachable' });
    expect(exchange.hungUp).toEqual(exchange.dialled);
  });

  it('are told as they were, however often the store was away', async () => {
    const exchange = new Exchange();
    let refusals = 0;
    const away = new MortalStore(inner, ({ type }) => {
      if (type !== 'AttemptEnded' || ++refusals > 2) return false;
      throw new StoreUnavailable('away');
    });
    await callsOn(exchange, away).place(callback, daytime);
    exchange.tells({ type: 'ringing' });
    await until(async () => {
      exchange.tells({ type: 'ended', cause: 'sip:486' });
      return (await last())?.type === 'AttemptEnded';
    });
    expect(refusals).toBe(3);
    expect((await last())?.data).toMatchObject({ outcome: 'busy', cause: 'sip:486' });
  });

  it('are heard of by the process that made them, until their end is written down', async () => {
    const exchange = new Exchange();
    const calls = callsOn(exchange);
    await calls.place(callback, daytime);
    const { attemptId } = (await last())?.data as { attemptId: string };
    expect(calls.isLive(attemptId)).toBe(true);
    await until(async () => {
      exchange.tells({ type: 'ended', cause: 'sip:480' });
      return !calls.isLive(attemptId);
    });
    expect((await last())?.data).toMatchObject({ outcome: 'no-answer' });
    clock.advanceBy(secondMs);
  });
});
