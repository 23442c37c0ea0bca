import { type EventStoreDBClient } from '@eventstore/db-client';
import { StoreUnavailable } from '../faults.js';
import { type StoredEvent } from '../port.js';
import { type Connection } from './connection.js';
import { reach } from './reach.js';
import { logEvents, streamPages } from './reads.js';

const projection = '$by_correlation_id';

/**
 * Every event of one correlation, in log order. The server's projection keeps an index of them, a stream of links.
 * Without the projection (`?correlation=scan`) the whole log is searched: right, and slow.
 */
export async function* readCorrelation(
  { client, correlation }: Connection,
  correlationId: string,
): AsyncIterable<StoredEvent> {
  if (correlation === 'scan') {
    for await (const event of logEvents(client, {}))
      if (event.metadata.correlationId === correlationId) yield event;
    return;
  }
  let found = false;
  for await (const page of streamPages(client, `$bc-${correlationId}`)) {
    found ||= page.length > 0;
    yield* page;
  }
  // No event, or nobody who keeps the index? An empty history must not be a guess.
  if (!found) await checkProjection(client);
}

/** @throws StoreUnavailable if the index is not kept */
async function checkProjection(client: EventStoreDBClient): Promise<void> {
  const details = await reach(() => client.getProjectionStatus(projection));
  if (!details?.status.startsWith('Running'))
    throw new StoreUnavailable(
      `EventStoreDB does not run the projection ${projection} (its state: ${details?.status ?? 'unknown'}). ` +
        'Start the standard projections, or add ?correlation=scan to the store URL.',
    );
}
