import { type DomainEvent } from '@handover/contracts';
import { doubled } from './doubled.js';
import { type Logged } from './log.js';
import { lost, silent } from './lost.js';
import { overbooked } from './overbooked.js';
import { closingAt, keptPromise, keptPromises, toldOf } from './testing/kept-promises.js';

type Type = DomainEvent['type'];

const told = [...toldOf('first'), ...toldOf('second')];
const all = (log: readonly Logged[]): Record<string, readonly string[]> => ({
  lost: lost(log, told),
  silent: silent(log, closingAt),
  doubled: doubled(log),
  overbooked: overbooked(log),
});
const first = (log: readonly Logged[], type: Type): number => log.findIndex((event) => event.type === type);
const without = (...types: Type[]): Logged[] => {
  const log = [...keptPromises()];
  for (const type of types) log.splice(first(log, type), 1);
  return log;
};
/** Another one with the same facts: as if a crash had had it decided a second time. */
const twice = (type: Type): Logged[] => {
  const log = [...keptPromises()];
  const at = first(log, type);
  const again = log.slice(at, at + 1).map((event) => ({ ...event, id: `another ${event.id}` }));
  return log.toSpliced(at + 1, 0, ...again);
};
const moved = (type: Type, to: Type): Logged[] => {
  const log = [...keptPromises()];
  const [event] = log.splice(first(log, type), 1);
  return event ? log.toSpliced(first(log, to), 0, event) : log;
};

it('all detectors find nothing in a log of promises that were kept', () => {
  expect(all(keptPromises())).toEqual({ lost: [], silent: [], doubled: [], overbooked: [] });
});

describe('lost finds', () => {
  it.each([
    ['HandoverRequested', 'Acknowledged, but not stored'],
    ['OfferAccepted', 'Acknowledged, but not stored'],
    ['AppointmentConfirmed', 'Acknowledged, but not stored'],
    ['BriefingAcknowledged', 'Acknowledged, but not stored'],
    ['CallbackCompleted', 'Acknowledged, but not stored'],
    ['OffersHeld', 'No answer to HandoverRequested'],
    ['AppointmentConfirmed', 'No answer to OfferAccepted'],
    ['OfferReleased', 'is held for ever'],
    ['CallbackScheduled', 'has no callback'],
    ['CallbackCompleted', 'has no end'],
    ['SurveyRequested', 'is not asked how it was'],
  ] as const)('that %s is missing: %s', (type, line) => {
    expect(lost(without(type), told)).toContainEqual(expect.stringContaining(line));
  });
});

describe('silent finds', () => {
  it('a window that passed without a dial', () => {
    expect(silent(without('AttemptStarted'), closingAt)).toHaveLength(1);
  });

  it('a dial after the window that nobody announced', () => {
    const late = keptPromises().map((event) =>
      event.type === 'AttemptStarted' ? { ...event, data: { ...event.data, inWindow: false } } : event,
    );
    expect(silent(late, closingAt)).toHaveLength(2);
  });

  it('nothing before the window is over', () => {
    expect(silent(without('AttemptStarted'), Date.parse('2026-11-23T13:02:00Z'))).toEqual([]);
  });
});

describe('doubled finds', () => {
  it.each([
    'HandoverRequested',
    'OffersHeld',
    'AppointmentConfirmed',
    'CallbackScheduled',
    'AgentAssigned',
    'AttemptStarted',
    'AttemptEnded',
    'CallerConnected',
    'CallbackCompleted',
    'SurveyRequested',
    'HandleTimeObserved',
  ] as const)('a second %s', (type) => {
    expect(doubled(twice(type))).not.toEqual([]);
  });

  it('an event id used twice', () => {
    const log = keptPromises();
    expect(doubled([...log, ...log.slice(-1)])).toContainEqual(expect.stringMatching(/^event id twice/));
  });

  it('a dial before its agent has read the briefing', () => {
    expect(doubled(moved('AttemptStarted', 'BriefingAcknowledged'))).toEqual([
      'Attempt attempt-first was dialled without a briefed agent',
    ]);
  });

  it('an agent with two callbacks', () => {
    expect(doubled(without('CallbackCompleted'))).toEqual([
      'Agent agent-1 was given callback callback-second while busy with another',
    ]);
  });
});

describe('overbooked finds', () => {
  it('two promises where capacity carries one', () => {
    const [capacity] = keptPromises();
    const start = Date.parse('2026-11-23T13:00:00Z');
    const log = [...keptPromise('first', start), ...keptPromise('second', start, 'agent-2')];
    const found = overbooked(capacity ? [capacity, ...log] : log);
    expect(found).toContainEqual(expect.stringContaining('fits-capacity'));
  });

  it('an appointment whose offer was never held', () => {
    const found = overbooked(without('OffersHeld'));
    expect(found).toContainEqual(expect.stringContaining('was-held'));
  });
});
