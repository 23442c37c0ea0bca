import { type ConsumerReport, type ServiceStatus } from '@handover/platform/access';
import { spanText } from '../terminal/spans.js';
import { faultText } from './projections.js';
import { type Overview } from './screen.js';

/** A relay that waits for less than this is on its way. */
const delayWorthAWordMs = 60_000;

/** What an operator should look at, a line each, with where to read on; empty if all is well. */
export function attention({ processes, unreachable }: Overview): string[] {
  const silent = unreachable.map(({ fault }) => fault);
  const said = processes.flatMap(({ status }) => [
    ...status.services.flatMap(aboutService),
    ...status.consumers.flatMap(aboutConsumer),
  ]);
  return [...silent, ...new Set(said)];
}

function aboutService(service: ServiceStatus): string[] {
  const troubles = Object.entries(service.checks).filter(([, { status }]) => status !== 'up');
  const checks = troubles.map(([name, { status, detail }]) => {
    const said = projectionText(service, name) ?? detail;
    return `${service.service}: ${name} is ${status}: ${said}${chapterOf(name)}`;
  });
  const paused = service.projections.filter(({ state }) => state === 'paused');
  return [
    ...checks,
    ...paused.map(
      ({ name }) => `${service.service}: projection ${name} is paused: handover projections resume ${name}`,
    ),
    ...aboutRelay(service),
  ];
}

const projectionText = ({ projections }: ServiceStatus, check: string): string | undefined => {
  const view = projections.find(({ name }) => check === `projection ${name}`);
  return view?.fault && `${view.state} ${faultText(view.fault)}`;
};

function aboutRelay({ service, relay, checks }: ServiceStatus): string[] {
  if (checks['store']?.status !== 'up' || checks['relay']?.status !== 'up') return [];
  if (relay.holder === undefined)
    return [`${service}: no relay publishes; what is accepted waits in the log${chapterOf('relay')}`];
  if (relay.delayMs < delayWorthAWordMs) return [];
  const waiting = `${relay.backlog.toLocaleString('en')} events wait for the broker`;
  return [`${service}: ${waiting}, the oldest for ${spanText(relay.delayMs)}${chapterOf('relay')}`];
}

function aboutConsumer({ group, parkedKeys, retrying }: ConsumerReport): string[] {
  return [
    ...(parkedKeys > 0
      ? [`${group}: ${parkedKeys} key(s) wait in dead letters: handover dlq list${chapterOf('dead')}`]
      : []),
    ...(retrying > 0 ? [`${group}: ${retrying} message(s) failed and are tried again`] : []),
  ];
}

/** The chapter of docs/operations.md that helps. */
function chapterOf(check: string): string {
  const chapters: readonly (readonly [string, string])[] = [
    ['projection', 'a-projection-is-stuck'],
    ['relay', 'the-broker-is-down'],
    ['consumer', 'the-broker-is-down'],
    ['replies', 'the-broker-is-down'],
    ['store', 'the-event-store-is-down'],
    ['dead', 'dead-letters'],
  ];
  const chapter = chapters.find(([name]) => check.startsWith(name))?.[1];
  return chapter ? ` (docs/operations.md#${chapter})` : '';
}
