import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger } from 'pino';
import { type EventStore } from '../event-store/port.js';
import { RunningView } from './running-view.js';
import { ViewFiles } from './view-files.js';
import { type Views } from './views.js';

export interface ViewsOptions {
  readonly store: EventStore;
  /** Where the views' files are; absent: in a temporary directory that `stop` removes. */
  readonly directory?: string;
  readonly log: Logger;
}

/**
 * Views in SQLite files `<directory>/<projection>.v<version>.db`; see `ViewFiles`. Another version is another file: the
 * earlier one stays beside it, so that going back needs no replay.
 */
export function openViews({ store, directory, log }: ViewsOptions): Views {
  const place = directory ?? mkdtempSync(join(tmpdir(), 'handover-views-'));
  const running = new Map<string, RunningView>();
  const view = (name: string): RunningView => {
    const found = running.get(name);
    if (!found)
      throw new Error(`Projection "${name}" does not run here; running: ${[...running.keys()].join(', ')}.`);
    return found;
  };
  return {
    run: (projection) => {
      if (running.has(projection.name)) throw new Error(`Projection "${projection.name}" runs already.`);
      const files = new ViewFiles(place, projection);
      running.set(projection.name, new RunningView(projection, files, store, log));
      return view(projection.name).start();
    },
    read: (name) => view(name).reader,
    waitFor: (name, position, withinMs) => view(name).waitFor(position, withinMs),
    pause: (name) => view(name).pause(),
    resume: (name) => view(name).start(),
    replay: async (name, kind = 'replay') => view(name).replay(kind),
    rollback: async (name) => view(name).replay('rollback'),
    status: () => [...running.values()].map((each) => each.status()),
    stop: async () => {
      await Promise.all([...running.values()].map((each) => each.stop()));
      running.clear();
      if (!directory) rmSync(place, { recursive: true, force: true });
    },
  };
}
