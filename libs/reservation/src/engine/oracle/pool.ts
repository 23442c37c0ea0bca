import { type Demand, type GroupCapacity } from '../port.js';

/** A row with defaults: one agent of skill `a` for the cells 0 to 3. */
export const aRow = (row: Partial<GroupCapacity> = {}): GroupCapacity => {
  const skills = row.skills ?? ['a'];
  return { group: `${skills.join('+')}@t`, skills, firstCell: 0, cells: [1, 1, 1, 1], ...row };
};

/** A demand with defaults: skill `a` for cell 0; the lower the number in its id, the better its rank. */
export const aDemand = (demand: Partial<Demand> & { readonly id: string }): Demand => ({
  skills: ['a'],
  firstCell: 0,
  cells: 1,
  rank: Number(demand.id.replace(/\D/g, '')),
  ...demand,
});
