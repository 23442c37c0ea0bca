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
  return [...silent, ...aboutStores(processes), ...new Set(said)];
}

/** A service has one active relay in one event store: several leases held at once are leases of several stores. */
function aboutStores(processes: Overview['processes']): string[] {
  const active = processes
    .flatMap(({ status }) => status.services)
    .filter(({ relay }) => relay.state === 'active' || relay.state === 'blocked');
  return [...Map.groupBy(active, ({ service }) => service)].flatMap(([service, relays]) => {
    const holders = new Set(relays.map(({ relay }) => relay.holder).filter(Boolean));
    if (holders.size < 2) return [];
    const told = 'these processes do not share one event store: give all the same HANDOVER_STORE';
    return [`${holders.size} relays are active for ${service}: ${told}${chapterOf('several stores')}`];
  });
}

function aboutService(service: ServiceStatus): string[] {
  const checks = Object.entries(service.checks)
    .filter(([name, { status }]) => status !== 'up' && !followsFromStore(service, name))
    .map(([name, { status, detail }]) => {
      const said = projectionText(service, name) ?? detail;
      const about = isUnread(service, name) ? 'store' : name;
      return `${service.service}: ${name} is ${status}: ${said}${chapterOf(about)}`;
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

/** Without a store no relay has a lease and no view goes on: that is said once, of the store. */
const followsFromStore = (service: ServiceStatus, check: string): boolean =>
  service.checks['store']?.status === 'down' && (check === 'relay' || isUnread(service, check));

const viewOf = (
  { projections }: ServiceStatus,
  check: string,
): ServiceStatus['projections'][number] | undefined =>
  projections.find(({ name }) => check === `projection ${name}`);

/** A view that stopped at no event: the log could not be read. */
const isUnread = (service: ServiceStatus, check: string): boolean => {
  const view = viewOf(service, check);
  return view?.state === 'stopped' && view.fault?.eventId === '';
};

const projectionText = (service: ServiceStatus, check: string): string | undefined => {
  const view = viewOf(service, check);
  if (view?.state !== 'stopped') return undefined;
  return view.fault && `${view.state} ${faultText(view.fault)}`;
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
    ['several stores', 'five-processes'],
  ];
  const chapter = chapters.find(([name]) => check.startsWith(name))?.[1];
  return chapter ? ` (docs/operations.md#${chapter})` : '';
}
