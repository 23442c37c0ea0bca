import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@handover/kernel';
import { pino } from 'pino';
import { memoryEventStore } from '../../event-store/memory.js';
import { type EventStore } from '../../event-store/port.js';
import { openViews } from '../open-views.js';
import { type Projection } from '../port.js';
import { type Views } from '../views.js';

const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };

/** Counts orders; keeps the numbers it saw, in order. */
export const orders = (more: Partial<Projection> = {}): Projection => ({
  name: 'orders',
  version: 1,
  filter: { categories: ['order'] },
  schema: 'CREATE TABLE seen (at INTEGER PRIMARY KEY, number INTEGER NOT NULL)',
  apply: (event, view) => {
    const { number } = event.data as { number: number };
    view.prepare('INSERT INTO seen (number) VALUES (?)').run(number);
  },
  ...more,
});

export const seen = (views: Views, name = 'orders'): number[] =>
  views
    .read(name)
    .prepare('SELECT number FROM seen ORDER BY at')
    .all()
    .map(({ number }) => Number(number));

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export const aLog = (): EventStore => memoryEventStore(new VirtualClock(Date.parse('2026-11-23T10:00:00Z')));

/** A log, a directory for views, and what opens them. */
export function aCorner() {
  const directory = mkdtempSync(join(tmpdir(), 'views-spec-'));
  const store = aLog();
  const opened: Views[] = [];
  let events = 0;
  return {
    directory,
    store,
    open: (from: EventStore = store): Views => {
      const views = openViews({ store: from, directory, log: pino({ level: 'silent' }) });
      opened.push(views);
      return views;
    },
    /** Appends numbered orders; answers with the position of the last. */
    append: async (count: number, to: EventStore = store): Promise<string> => {
      let position = '';
      for (let index = 0; index < count; index += 1) {
        const number = ++events;
        const event = { id: `${number} of ${directory}`, type: 'Ordered', data: { number }, metadata };
        ({ position } = await to.append(`order-${number % 7}`, [event], 'any'));
      }
      return position;
    },
    close: async (): Promise<void> => {
      await Promise.all(opened.map((views) => views.stop()));
      rmSync(directory, { recursive: true });
    },
  };
}
