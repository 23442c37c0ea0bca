import { DatabaseSync } from 'node:sqlite';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RevisionConflict, StoreUnavailable } from '../faults.js';
import { openDatabase } from './database.js';
import { GroupCommit } from './group-commit.js';

describe('GroupCommit', () => {
  let folder: string;
  let database: DatabaseSync;
  let commits: number;
  let group: GroupCommit;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handover-group-'));
    database = openDatabase(join(folder, 'handover.db'));
    commits = 0;
    group = new GroupCommit(database, () => (commits += 1), 200);
  });
  afterEach(async () => {
    database.close();
    await rm(folder, { recursive: true });
  });

  const insert = (name: string) => () => {
    database.prepare('INSERT INTO registers VALUES (?, ?, 0)').run(name, '1');
    return name;
  };
  const names = (): unknown[] =>
    database
      .prepare('SELECT name FROM registers ORDER BY name')
      .all()
      .map(({ name }) => name);

  it('commits the writes of one turn once, and answers each with its own result', async () => {
    const written = ['a', 'b', 'c', 'd'].map((name) => group.run(insert(name)));
    expect(await Promise.all(written)).toEqual(['a', 'b', 'c', 'd']);
    expect(commits).toBe(1);
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('commits before it answers: another connection sees what was answered', async () => {
    await group.run(insert('a'));
    using other = new DatabaseSync(join(folder, 'handover.db'), { readOnly: true });
    expect(other.prepare('SELECT name FROM registers').all()).toHaveLength(1);
  });

  it('lets a conflict fail alone', async () => {
    const conflict = (): never => {
      throw new RevisionConflict('handover-1', 0, 1);
    };
    const settled = await Promise.allSettled([
      group.run(insert('a')),
      group.run(conflict),
      group.run(insert('b')),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(names()).toEqual(['a', 'b']);
  });

  it('stores nothing of a group that cannot be stored, tells all of it, and goes on', async () => {
    const settled = await Promise.allSettled([group.run(insert('a')), group.run(insert('a'))]);
    for (const result of settled)
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    expect(names()).toEqual([]);
    await group.run(insert('b'));
    expect(names()).toEqual(['b']);
  });

  it('waits, without stopping the process, while another process holds the lock', async () => {
    using other = new DatabaseSync(join(folder, 'handover.db'));
    other.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const written = group.run(insert('a'));
    while (turns < 3) {
      await new Promise(setImmediate);
      turns += 1;
    }
    expect(names()).toEqual([]);
    other.exec('COMMIT');
    await written;
    expect(names()).toEqual(['a']);
  });

  it('gives up when the lock is held too long, and works again when it is free', async () => {
    using other = new DatabaseSync(join(folder, 'handover.db'));
    other.exec('BEGIN IMMEDIATE');
    await expect(group.run(insert('a'))).rejects.toBeInstanceOf(StoreUnavailable);
    other.exec('COMMIT');
    await group.run(insert('b'));
    expect(names()).toEqual(['b']);
  });
});
