import { type DatabaseSync } from 'node:sqlite';
import { type Position, type Projection, type Revision, type Views } from '@handover/platform';
import { type StreamState, fold, relevant } from './stream-state.js';

/**
 * Open callbacks, agents and pool settings, a row each: from it a process that starts knows the present without reading
 * the whole history. Nothing personal is in it. Its version changes with the shape of a state, also in libs/dialing.
 */
export const situationView: Projection = {
  name: 'dialing-situation',
  version: 2,
  filter: relevant,
  schema:
    'CREATE TABLE stream (name TEXT PRIMARY KEY, revision INTEGER NOT NULL, state TEXT NOT NULL) STRICT',
  apply: (event, view) => {
    const state = fold(readState(view, event.stream), event);
    if (state)
      view
        .prepare('INSERT OR REPLACE INTO stream VALUES (?, ?, ?)')
        .run(event.stream, event.revision, JSON.stringify(state));
    else view.prepare('DELETE FROM stream WHERE name = ?').run(event.stream);
  },
};

function readState(view: DatabaseSync, stream: string): StreamState | undefined {
  const row = view.prepare('SELECT state FROM stream WHERE name = ?').get(stream);
  return row && (JSON.parse(String(row['state'])) as StreamState);
}

export interface Snapshot {
  /** Every row holds at least the events up to here; undefined: read the log from its begin. */
  readonly after?: Position;
  readonly rows: readonly {
    readonly stream: string;
    readonly revision: Revision;
    readonly state: StreamState;
  }[];
}

/** The view as it is now. It may go on folding meanwhile: rows say how far each stream has come. */
export function readSnapshot(views: Views): Snapshot {
  const after = views.status().find(({ name }) => name === situationView.name)?.position;
  const rows = views
    .read(situationView.name)
    .prepare('SELECT name, revision, state FROM stream')
    .all()
    .map((row) => ({
      stream: String(row['name']),
      revision: Number(row['revision']),
      state: JSON.parse(String(row['state'])) as StreamState,
    }));
  return { ...(after !== undefined && { after }), rows };
}
