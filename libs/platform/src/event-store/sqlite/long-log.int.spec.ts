import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { VirtualClock } from '@handover/kernel';
import { sqliteEventStore } from './store.js';

const program = join(import.meta.dirname, '../../../dist/event-store/testing/reader-process.js');
const events = 1_000_000;
/** The log's JSON alone is three times as much. */
const heapMb = 64;
const metadata = JSON.stringify({
  correlationId: 'c',
  causationId: 'x',
  schemaVersion: 1,
  recordedAt: '2026-11-23T10:00:00.000Z',
});

/** Every tenth event in one stream, the others in a thousand. Past the adapter, which would take minutes. */
const fill = `
  PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -200000;
  WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${events - 1})
  INSERT INTO events (stream, revision, id, type, correlation, data, metadata)
  SELECT iif(n % 10 = 0, 'long-1', 'short-' || (n % 1000)), iif(n % 10 = 0, n / 10, n / 1000), 'e' || n,
    'Happened', 'c', '{"number":' || n || ',"said":"${'x'.repeat(40)}"}', '${metadata}'
  FROM numbers`;

it(`a log of ${events} events is read in both directions by a process with ${heapMb} MB of heap`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'long-log-'));
  const file = join(directory, 'log.db');
  const store = await sqliteEventStore({ file, clock: new VirtualClock(0) });
  await store.close();
  {
    using database = new DatabaseSync(file);
    database.exec(fill);
  }
  const limit = `--max-old-space-size=${heapMb}`;
  const read = promisify(execFile)(process.execPath, [limit, program, `sqlite:${file}`, 'long-1']);
  expect(JSON.parse((await read).stdout)).toEqual([events, events / 10, events, events / 10]);
  rmSync(directory, { recursive: true });
}, 240_000);
