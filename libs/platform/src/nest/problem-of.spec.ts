import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BusUnavailable } from '../bus/faults.js';
import { RevisionConflict, StoreUnavailable } from '../event-store/faults.js';
import { problemOf } from './problem-of.js';

/** What a statement throws while another connection has locked the file, as a process that recovers it after a crash has. */
function whileLocked(sql: string): unknown {
  const directory = mkdtempSync(join(tmpdir(), 'handover-locked-'));
  const holder = new DatabaseSync(join(directory, 'view.db'));
  holder.exec('CREATE TABLE pool (name TEXT); PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  const reader = new DatabaseSync(join(directory, 'view.db'));
  try {
    return reader.exec(sql);
  } catch (fault) {
    return fault;
  } finally {
    reader.close();
    holder.close();
    rmSync(directory, { recursive: true });
  }
}

describe('what a caller is told about an error', () => {
  it.each([
    ['the store is away', new StoreUnavailable('x')],
    ['the bus is away', new BusUnavailable('x')],
    ['others always wrote first', new RevisionConflict('pool-billing', 1, 2)],
    ['a view is locked by another process', whileLocked('SELECT name FROM pool')],
  ])('%s: come back', (_, fault) => {
    expect(problemOf(fault)).toMatchObject({ status: 503, type: 'temporarily-unavailable' });
  });

  it.each([
    ['a bug', new TypeError('x')],
    ['a statement that is wrong', whileLocked('SELEC name')],
  ])('%s: it is in the log', (_, fault) => {
    expect(problemOf(fault)).toMatchObject({ status: 500, type: 'internal-error' });
  });
});
