import { type HandoverOutcome } from '@handover/contracts';
import { type ConsumerReport, type ProcessStatus, type RelayReport } from '@handover/platform/access';
import { spanText } from '../terminal/spans.js';
import { table } from '../terminal/table.js';
import { projectionTable } from './projections.js';

/** What `GET /v1/outcomes?state=open` answers: oldest first. */
export interface OpenHandovers {
  readonly asOf: string;
  readonly outcomes: readonly (HandoverOutcome & { readonly ageSeconds: number })[];
}

/** All that the processes told. */
export interface Overview {
  readonly processes: readonly { readonly at: string; readonly status: ProcessStatus }[];
  readonly unreachable: readonly { readonly at: string; readonly fault: string }[];
  readonly open?: OpenHandovers;
}

/** The overview on one screen. */
export function screen(overview: Overview, troubles: readonly string[]): string[] {
  const { processes, unreachable, open } = overview;
  const all = processes.length + unreachable.length;
  const count = `${processes.length} of ${all} processes answer`;
  const sections = [
    [`${processes[0]?.status.now ?? 'no time known'}  ${count}`],
    services(overview, all > 1),
    consumers(overview, all > 1),
    projectionTable(
      processes.flatMap(({ at, status }) =>
        status.services.flatMap(({ service, projections }) =>
          projections.map((projection) => ({ service, at, ...projection })),
        ),
      ),
      all > 1,
    ),
    handovers(open),
    troubles.length === 0 ? ['All is well.'] : ['ATTENTION', ...troubles.map((trouble) => `  ${trouble}`)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

function services({ processes, unreachable }: Overview, several: boolean): string[] {
  const rows = processes.flatMap(({ at, status }) =>
    status.services.map(({ service, status: ready, relay }) => [
      service,
      ready,
      relay.state,
      holderText(relay, status.instance),
      relay.backlog,
      relay.backlog === 0 ? undefined : spanText(relay.delayMs),
      relay.published,
      at,
    ]),
  );
  const silent = unreachable.map(({ at }) => [
    undefined,
    'SILENT',
    undefined,
    undefined,
    0,
    undefined,
    0,
    at,
  ]);
  const head = ['SERVICE', 'READY', 'RELAY', 'HELD BY', 'BACKLOG', 'DELAY', 'PUBLISHED', 'AT'];
  return table(several ? head : head.slice(0, -1), [...rows, ...silent]);
}

/** The process that holds the relay's lease: this one, another's name, or none. */
const holderText = ({ holder }: RelayReport, instance: string): string => {
  const [name] = (holder ?? 'nobody').split('/');
  return name === instance ? 'this process' : (name ?? 'nobody');
};

function consumers({ processes }: Overview, several: boolean): string[] {
  const rows = processes.flatMap(({ at, status }) =>
    status.consumers.map((consumer: ConsumerReport) => [
      consumer.group,
      consumer.partitions,
      consumer.lag,
      consumer.inHand,
      consumer.queued,
      consumer.retrying,
      consumer.parkedKeys,
      consumer.handled,
      at,
    ]),
  );
  const head = [
    'CONSUMER',
    'PARTITIONS',
    'LAG',
    'IN HAND',
    'QUEUED',
    'RETRYING',
    'PARKED KEYS',
    'HANDLED',
    'AT',
  ];
  return table(several ? head : head.slice(0, -1), rows);
}

function handovers(open: OpenHandovers | undefined): string[] {
  if (!open) return ['OPEN HANDOVERS  unknown: no analytics service answers'];
  const { outcomes } = open;
  const [oldest] = outcomes;
  if (!oldest) return ['OPEN HANDOVERS  none'];
  const byStatus = new Map<string, number>();
  for (const { status } of outcomes) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  const statuses = [...byStatus].map(([status, count]) => `${count} ${status}`).join(', ');
  const broken = outcomes.filter(({ appointment }) => appointment === 'broken').length;
  return [
    `OPEN HANDOVERS  ${outcomes.length === 1_000 ? '1,000 or more' : outcomes.length}: ${statuses}`,
    `  oldest ${oldest.handoverId}, ${oldest.status}, for ${spanText(oldest.ageSeconds * 1_000)}`,
    ...(broken > 0 ? [`  ${broken} with a broken appointment`] : []),
  ];
}
