import fc from 'fast-check';
import {
  type CancelCallback,
  type CallbackEvent,
  type RescheduleCallback,
  type ScheduleCallback,
  topicDefinitions,
  topics,
} from '@handover/contracts';
import { type Callback, cancel, reschedule, schedule } from '@handover/dialing';
import { aCommand, aMove, agreedAt, end, start } from '@handover/dialing/testing';
import { type Decision, VirtualClock, countingIds, minuteMs, toIso } from '@handover/kernel';
import { type BusMessage, type EventStore, StoreUnavailable, memoryEventStore } from '@handover/platform';
import { aPlatform, until } from '@handover/platform/testing';
import { CallbackLog } from '../callback-log.js';
import { dialingService } from '../index.js';
import { callbackOf } from './order-of-commands.js';

type Command =
  | { readonly id: string; readonly type: 'schedule'; readonly data: ScheduleCallback }
  | { readonly id: string; readonly type: 'reschedule'; readonly data: RescheduleCallback }
  | { readonly id: string; readonly type: 'cancel'; readonly data: CancelCallback };

const aMessage = (command: Command): BusMessage => ({
  topic: topics.callbackCommands,
  key: 'care',
  value: Buffer.from(JSON.stringify(command.data)),
  headers: { command: JSON.stringify(command) },
});

const commandOf = ({ headers }: BusMessage): Command => JSON.parse(headers['command'] ?? '') as Command;

/** What reservation says of one appointment: each move is to another window. */
function story(callbackId: string, moves: readonly number[], cancelled: boolean): Command[] {
  const id = (n: number): string => `${callbackId}-${n}`;
  const windows = moves.filter((by, n) => by !== moves[n - 1]).map((by) => by * minuteMs);
  return [
    { id: id(0), type: 'schedule', data: aCommand({ callbackId }) },
    ...windows.map((by, n): Command => {
      const window = { start: toIso(start + by), end: toIso(end + by) };
      return { id: id(n + 1), type: 'reschedule', data: aMove({ callbackId, ...window }) };
    }),
    ...(cancelled
      ? [{ id: id(99), type: 'cancel', data: { ...aMove({ callbackId }), reason: 'caller' } } as const]
      : []),
  ];
}

function decide(command: Command, callback: Callback, now: number): Decision<CallbackEvent> {
  switch (command.type) {
    case 'schedule':
      return schedule(callback, command.data, now);
    case 'reschedule':
      return reschedule(callback, command.data, now);
    case 'cancel':
      return cancel(callback, command.data, now);
  }
}

/** A store that takes a while, each time another one, and is away now and then. */
const moody = (store: EventStore, moods: Iterator<number>): EventStore =>
  new Proxy(store, {
    get: (target, name: keyof EventStore) => {
      if (name !== 'append') return target[name].bind(target);
      return async (...parameters: Parameters<EventStore['append']>) => {
        const mood: number = moods.next().value;
        for (let wait = mood; wait > 0; wait -= 1) await new Promise(setImmediate);
        if (mood === 1) throw new StoreUnavailable('away');
        return target.append(...parameters);
      };
    },
  });

const handle = (log: CallbackLog, command: Command): Promise<unknown> =>
  log.decide(command.data.callbackId, { id: command.id, correlationId: 'h-1' }, (callback, now) =>
    decide(command, callback, now),
  );

const ids = ['c-1', 'c-2', 'c-3'];
const states = (log: CallbackLog): Promise<Callback[]> => Promise.all(ids.map((id) => log.load(id)));

describe('the commands of a pool', () => {
  it('are handled several at once, and leave every callback as one after the other would', async () => {
    const stories = fc.tuple(
      ...ids.map((id) =>
        fc
          .tuple(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 6 }), fc.boolean())
          .map(([moves, cancelled]) => story(id, moves, cancelled)),
      ),
    );
    const given = fc.asyncProperty(
      stories,
      fc.infiniteStream(fc.nat()),
      fc.infiniteStream(fc.nat({ max: 6 })),
      fc.nat(),
      async (told, picks, moods, repeatedFrom) => {
        // One log of the pool: each callback's commands in their order; then the relay repeats the end of it.
        const left = told.map((each) => [...each]);
        const commands: Command[] = [];
        while (left.some(({ length }) => length > 0)) {
          const open = left.filter(({ length }) => length > 0);
          const next = open[(picks.next().value ?? 0) % open.length]?.shift();
          if (next) commands.push(next);
        }
        commands.push(...commands.slice(repeatedFrom % commands.length));

        const clock = new VirtualClock(agreedAt);
        const inOrder = new CallbackLog(memoryEventStore(clock), clock, countingIds());
        for (const command of commands) await handle(inOrder, command);

        const platform = await aPlatform({ clock, topics: topicDefinitions });
        const log = new CallbackLog(moody(memoryEventStore(clock), moods), clock, countingIds());
        const consumer = platform.bus.subscribe({
          group: 'test',
          topics: [topics.callbackCommands],
          backOff: { firstMs: 1, longestMs: 2 },
          ...dialingService.handling,
          handler: async (message) => void (await handle(log, commandOf(message))),
        });
        await platform.bus.publish(commands.map(aMessage));
        await until(async () => consumer.status().handled === commands.length);
        expect(await states(log)).toEqual(await states(inOrder));
        await consumer.stop();
        await platform.close();
      },
    );
    await fc.assert(given, { numRuns: 40 });
  });

  it('are ordered by the callback that they name; who names none is ordered too', () => {
    const named = (value: string): string => callbackOf({ value: Buffer.from(value) });
    expect(named('{"callbackId":"c-1"}')).toBe('c-1');
    expect(['{', 'null', '{"callbackId":7}', '[]'].map(named)).toEqual(['', '', '', '']);
  });
});
