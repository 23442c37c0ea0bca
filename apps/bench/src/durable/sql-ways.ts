// What a team would write: a pool's capacity as rows, and a transaction for each hold and each confirmation. All of it
// has it easier than the engine: a slot belongs to one group or skill, nobody is ever shifted, a callback takes one cell.

const promise =
  'id bigint primary key, grp int not null, cell int not null, handover text not null, state text not null';

const slots = (groups: number, cells: number, agents: number): string => `
  create table slot (grp int, cell int, capacity int not null, used int not null default 0, primary key (grp, cell));
  insert into slot select g, c, ${agents}, 0 from generate_series(0, ${groups - 1}) g, generate_series(0, ${cells - 1}) c;
  create table promise (${promise});
  analyze slot;`;

const newId = '\\set id random(1, 9000000000000000)';
const take = 'update slot set used = used + 1 where grp = :grp and cell = :cell';
const hold = `insert into promise values (:id, :grp, :cell, 'handover-' || :id, 'held')`;
const confirm = `update promise set state = 'confirmed' where id = :id and state = 'held';`;
const lockAndConfirm = `
begin;
select state from promise where id = :id for update;
${confirm}
commit;`;

/** What callers ask for: any cell of any group, so that hardly two ever meet; or, as callers do, the earliest that is free. */
export type Demand = 'anywhere' | 'earliest';

export interface SqlWay {
  readonly name: string;
  readonly demand: Demand;
  readonly schema: string;
  /** One hold and its confirmation: two transactions. */
  readonly script: string;
}

const groups = 256;
const cells = 288;
const agents = 39;
const anywhere = { demand: 'anywhere', schema: slots(groups, cells, agents) } as const;
const pickAny = `${newId}
\\set grp random(0, ${groups - 1})
\\set cell random(0, ${cells - 1})
\\set agent random(0, ${agents - 1})`;

/** The working day that our slot book is measured with: 16 skills, 156 cells, nobody refused. */
const earliest = { demand: 'earliest', schema: slots(16, 156, 10_000) } as const;
const pickSkill = `${newId}
\\set grp random(0, 15)`;
const firstFree = 'from slot where grp = :grp and used < capacity order by cell limit 1 for update';

const conditional = (first: string): string => `${pickSkill}
with first as (select cell ${first}),
  taken as (update slot set used = used + 1 from first where grp = :grp and slot.cell = first.cell returning slot.cell)
insert into promise select :id, :grp, cell, 'handover-' || :id, 'held' from taken;
${confirm}`;

export const sqlWays: readonly SqlWay[] = [
  {
    ...anywhere,
    name: 'PostgreSQL: SELECT … FOR UPDATE',
    script: `${pickAny}
begin;
select capacity - used as free from slot where grp = :grp and cell = :cell for update \\gset
\\if :free
${take};
${hold};
\\endif
commit;${lockAndConfirm}`,
  },
  {
    ...anywhere,
    name: 'PostgreSQL: conditional update',
    script: `${pickAny}
with taken as (${take} and used < capacity returning grp)
${hold.replace(/values \((.*)\)$/, 'select $1 from taken')};
${confirm}`,
  },
  {
    ...anywhere,
    name: 'PostgreSQL: exclusion constraint',
    schema: `
  create extension btree_gist;
  create table promise (${promise}, agent int not null, during int4range not null,
    exclude using gist (agent with =, during with &&));`,
    script: `${pickAny}
insert into promise values (:id, :grp, :cell, 'handover-' || :id, 'held', :grp * ${agents} + :agent, int4range(:cell, :cell + 1))
  on conflict do nothing;
${confirm}`,
  },
  {
    ...earliest,
    name: 'PostgreSQL: SELECT … FOR UPDATE',
    script: `${pickSkill}
begin;
select cell ${firstFree} \\gset
${take};
${hold};
commit;${lockAndConfirm}`,
  },
  { ...earliest, name: 'PostgreSQL: conditional update', script: conditional(firstFree) },
  {
    ...earliest,
    name: 'PostgreSQL: conditional update, skip locked',
    script: conditional(`${firstFree} skip locked`),
  },
];

export const dropAll = 'drop table if exists promise, slot; drop extension if exists btree_gist;';
