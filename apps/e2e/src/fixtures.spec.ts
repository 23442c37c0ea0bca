import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Outcome, evolveOutcome, evolveSurvey, noSurvey } from '@handover/analytics';
import { evolveAgent, evolvePool, noAgent, noPool } from '@handover/capacity';
import {
  type AppointmentEvent,
  currentVersion,
  domainEvent,
  eventClasses,
  events,
  foldContext,
  upcast,
} from '@handover/contracts';
import { evolve as evolveCallback, unknownCallback } from '@handover/dialing';
import { evolveConversation, evolveHandover, noConversation, noHandover } from '@handover/intake';
import { type StoredEvent, validated } from '@handover/platform';
import { emptySlotBook, evolve as evolveSlotBook } from '@handover/reservation';

const directory = resolve(import.meta.dirname, '../../../libs/contracts/fixtures/events');

type Example = Pick<StoredEvent, 'stream' | 'type' | 'data' | 'metadata'>;
const read = (name: string): Example =>
  JSON.parse(readFileSync(resolve(directory, `${name}.json`), 'utf8')) as Example;
const names = readdirSync(directory).map((file) => file.replace(/\.json$/, ''));
const classOf = new Map(events.map(({ type, data }) => [type, data]));
const everyVersion = events.flatMap(({ type, version }) =>
  Array.from({ length: version }, (_, index) => `${type}.v${index + 1}`),
);

const isAppointmentEvent = (event: { type: string }): event is AppointmentEvent =>
  event.type in eventClasses.appointment;

/** What a fold remembers, as text: state that cannot be told apart was not folded. */
const told = (state: unknown): string =>
  JSON.stringify(state, (_, value: unknown) => (value instanceof Map ? [...value] : value)) ?? '';

/** Reads the example with every fold that reads its category in production. */
function foldAll(stored: Example): void {
  const event = domainEvent(stored);
  if (!event) throw new Error(`${stored.type} is not known`);
  const outcome: Outcome | undefined = evolveOutcome(undefined, event);
  told(outcome);
  switch (stored.stream.split('-', 1)[0]) {
    case 'conversation':
      return void told(evolveConversation(noConversation, stored));
    case 'handover':
      told(foldContext([stored]));
      return void told(evolveHandover(noHandover, stored));
    case 'agent':
      return void told(evolveAgent(noAgent, stored));
    case 'pool':
      return void told(evolvePool(noPool, stored));
    case 'slotbook': {
      const book = emptySlotBook();
      if (isAppointmentEvent(event)) evolveSlotBook(book, { day: '2026-11-23', event });
      return void told(book);
    }
    case 'callback':
      return void told(evolveCallback(evolveCallback(unknownCallback, read('CallbackScheduled.v1')), stored));
    case 'survey':
      return void told(evolveSurvey(noSurvey, stored));
    default:
      throw new Error(`No fold reads ${stored.stream}`);
  }
}

describe('every event version ever stored', () => {
  it.each(everyVersion)('%s has a recorded example', (name) => {
    expect(existsSync(resolve(directory, `${name}.json`))).toBe(true);
  });

  it.each(names)('%s is of a type and version that are still known', (name) => {
    const { type, metadata } = read(name);
    expect(name).toBe(`${type}.v${metadata.schemaVersion}`);
    expect(classOf.has(type)).toBe(true);
    expect(metadata.schemaVersion).toBeLessThanOrEqual(currentVersion(type));
  });

  it.each(names)(
    '%s, upcast, keeps the rules of its class today, with no field that it does not name',
    async (name) => {
      const { type, data } = upcast(read(name));
      const contract = classOf.get(type);
      if (!contract) throw new Error(`${type} has no class`);
      expect(await validated(data, contract, 'refused')).toEqual({ data: expect.anything() });
    },
  );

  it.each(names)('%s is read by every fold of its stream', (name) => {
    expect(() => foldAll(read(name))).not.toThrow();
  });
});
