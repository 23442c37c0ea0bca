import { type CellLoad, type Refusal, type SlotAudit } from '@handover/reservation';
import { table } from '../terminal/table.js';

/** At most so many violations are printed; `--json` has all. */
const violationsAtMost = 20;

/** What is listed one by one, and not only counted. */
export interface Listed {
  readonly cells: boolean;
  readonly refusals: boolean;
}

/** The audit of one pool. */
export function auditReport(audit: SlotAudit & { readonly pool: string }, listed: Listed): string[] {
  const { pool, asOf, events, capacityVersion, projectedVersion, unanswered, violations } = audit;
  const { confirmed, kept, ahead, atRisk, broken, cancelled, moved } = audit.appointments;
  const { held, expired, released } = audit.offers;
  return [
    `${pool} as of ${asOf}: ${events.toLocaleString('en')} events; capacity version ${capacityVersion} seen, ${projectedVersion} projected`,
    `  appointments  ${confirmed} confirmed: ${kept} kept, ${ahead} ahead, ${atRisk} at risk, ${broken} broken, ${cancelled} cancelled; ${moved} moves`,
    `  offers        ${held} held, ${expired} expired, ${released} released`,
    `  refusals      ${refusedText(audit.refusals)}`,
    `  fullest cell  ${fullestText(audit.cells)}`,
    `  unanswered    ${unanswered}`,
    `  violations    ${violations.length}`,
    ...violations
      .slice(0, violationsAtMost)
      .map(({ rule, at, by, why }) => `    ${at}  ${rule}: ${by}: ${why}`),
    ...(listed.refusals ? refusalTable(audit.refusals) : []),
    ...(listed.cells ? cellTable(audit.cells) : []),
  ];
}

function fullestText(cells: readonly CellLoad[]): string {
  const [first, ...rest] = cells;
  if (!first) return 'none';
  const share = ({ promised, capacity }: CellLoad): number => promised / Math.max(capacity, 1);
  const fullest = rest.reduce((most, cell) => (share(cell) > share(most) ? cell : most), first);
  return `${fullest.start}: ${fullest.promised} promised, ${fullest.capacity} possible`;
}

/** How many, by reason, the most frequent first. */
function refusedText(refusals: readonly Refusal[]): string {
  const counts = new Map<string, number>();
  for (const { why } of refusals) counts.set(why, (counts.get(why) ?? 0) + 1);
  const parts = [...counts].sort(([, a], [, b]) => b - a).map(([why, count]) => `${count} ${why}`);
  return [refusals.length, ...(parts.length > 0 ? [`(${parts.join(', ')})`] : [])].join(' ');
}

const refusalTable = (refusals: readonly Refusal[]): string[] =>
  table(
    ['AT', 'HANDOVER', 'REFUSED', 'WHY', 'INSTEAD'],
    refusals.map(({ at, handoverId, refused, why, instead }) => [
      at,
      handoverId,
      refused === 'times' ? 'times' : `offer ${refused.offerId}`,
      why,
      instead.join(' ') || '-',
    ]),
  ).map((line) => `  ${line}`);

const cellTable = (cells: readonly CellLoad[]): string[] =>
  table(
    ['CELL', 'PROMISED', 'POSSIBLE'],
    cells.map(({ start, promised, capacity }) => [start, promised, capacity]),
  ).map((line) => `  ${line}`);
