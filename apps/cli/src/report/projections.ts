import { type ProjectionReport, type ViewFault } from '@handover/platform/access';
import { table } from '../terminal/table.js';

/** Why a view stopped, in a line: the event, where it stands in the log, the error. */
export function faultText({ eventId, type, stream, revision, message }: ViewFault): string {
  if (!eventId) return message;
  return `at ${type} ${eventId} (${stream ?? 'unknown'}@${revision ?? '?'}): ${message}`;
}

/** A line for each projection. @param several whether to say in which process it runs */
export function projectionTable(
  reports: readonly (ProjectionReport & { readonly at: string })[],
  several: boolean,
): string[] {
  const rows = reports.map(({ service, name, version, state, eventsApplied, upTo, at }) => [
    name,
    service,
    `v${version}`,
    state,
    eventsApplied,
    upTo,
    at,
  ]);
  const head = ['PROJECTION', 'SERVICE', 'VERSION', 'STATE', 'EVENTS', 'UP TO', 'AT'];
  return table(several ? head : head.slice(0, -1), rows);
}
