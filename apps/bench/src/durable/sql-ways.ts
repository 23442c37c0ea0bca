// What a team would write: a pool's capacity as rows, and a transaction for each hold and each confirmation. All three
// have it easier than the engine: every caller names a group, nobody is ever shifted, and a callback takes one cell.

const groups = 256;
const cells = 288;
const agents = 39;

const promise =
  'id bigint primary key, grp int not null, cell int not null, handover text not null, state text not null';
const slots = `
  create table slot (grp int, cell int, capacity int not null, used int not null default 0, primary key (grp, cell));
  insert into slot select g, c, ${agents}, 0 from generate_series(0, ${groups - 1}) g, generate_series(0, ${cells - 1}) c;
  create table promise (${promise});
  analyze slot;`;

const pick = `
\\set id random(1, 9000000000000000)
\\set grp random(0, ${groups - 1})
\\set cell random(0, ${cells - 1})
\\set agent random(0, ${agents - 1})
`;
const hold = `insert into promise values (:id, :grp, :cell, 'handover-' || :id, 'held')`;
const confirm = `update promise set state = 'confirmed' where id = :id and state = 'held';`;

export interface SqlWay {
  readonly name: string;
  readonly schema: string;
  /** One hold and its confirmation: two transactions. */
  readonly script: string;
}

export const sqlWays: readonly SqlWay[] = [
  {
    name: 'PostgreSQL: SELECT … FOR UPDATE',
    schema: slots,
    script: `${pick}
begin;
select capacity - used as free from slot where grp = :grp and cell = :cell for update \\gset
\\if :free
update slot set used = used + 1 where grp = :grp and cell = :cell;
${hold};
\\endif
commit;
begin;
select state from promise where id = :id for update;
${confirm}
commit;`,
  },
  {
    name: 'PostgreSQL: conditional update',
    schema: slots,
    script: `${pick}
with taken as (update slot set used = used + 1 where grp = :grp and cell = :cell and used < capacity returning grp)
${hold.replace(/values \((.*)\)$/, 'select $1 from taken')};
${confirm}`,
  },
  {
    name: 'PostgreSQL: exclusion constraint',
    schema: `
  create extension btree_gist;
  create table promise (${promise}, agent int not null, during int4range not null,
    exclude using gist (agent with =, during with &&));`,
    script: `${pick}
insert into promise values (:id, :grp, :cell, 'handover-' || :id, 'held', :grp * ${agents} + :agent, int4range(:cell, :cell + 1))
  on conflict do nothing;
${confirm}`,
  },
];

export const dropAll = 'drop table if exists promise, slot; drop extension if exists btree_gist;';
