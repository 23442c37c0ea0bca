import { type CellLoad, type SlotAudit } from '@handover/reservation';
import { table } from '../terminal/table.js';

/** At most so many violations are printed; `--json` has all. */
const violationsAtMost = 20;

/** The audit of one pool. @param everyCell not only the fullest */
export function auditReport(audit: SlotAudit & { readonly pool: string }, everyCell: boolean): string[] {
  const { pool, asOf, events, capacityVersion, projectedVersion, unanswered, violations } = audit;
  const { confirmed, kept, ahead, atRisk, broken, cancelled, moved } = audit.appointments;
  const { held, expired, released } = audit.offers;
  return [
    `${pool} as of ${asOf}: ${events.toLocaleString('en')} events; capacity version ${capacityVersion} seen, ${projectedVersion} projected`,
    `  appointments  ${confirmed} confirmed: ${kept} kept, ${ahead} ahead, ${atRisk} at risk, ${broken} broken, ${cancelled} cancelled; ${moved} moves`,
    `  offers        ${held} held, ${expired} expired, ${released} released`,
    `  fullest cell  ${fullestText(audit.cells)}`,
    `  unanswered    ${unanswered}`,
    `  violations    ${violations.length}`,
    ...violations
      .slice(0, violationsAtMost)
      .map(({ rule, at, by, why }) => `    ${at}  ${rule}: ${by}: ${why}`),
    ...(everyCell ? cellTable(audit.cells) : []),
  ];
}

function fullestText(cells: readonly CellLoad[]): string {
  const [first, ...rest] = cells;
  if (!first) return 'none';
  const share = ({ promised, capacity }: CellLoad): number => promised / Math.max(capacity, 1);
  const fullest = rest.reduce((most, cell) => (share(cell) > share(most) ? cell : most), first);
  return `${fullest.start}: ${fullest.promised} promised, ${fullest.capacity} possible`;
}

const cellTable = (cells: readonly CellLoad[]): string[] =>
  table(
    ['CELL', 'PROMISED', 'POSSIBLE'],
    cells.map(({ start, promised, capacity }) => [start, promised, capacity]),
  ).map((line) => `  ${line}`);
