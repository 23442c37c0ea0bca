import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';

/** How histories by correlation are read: through the `$by_correlation_id` projection, or by searching the log. */
type CorrelationMode = 'index' | 'scan';

export interface Connection {
  readonly client: EventStoreDBClient;
  readonly correlation: CorrelationMode;
  /** Given to every append: without credentials of its own the client (6.2.1) sends it through a registry that it shares among all clients, which fails. */
  readonly credentials?: Credentials;
}

const credentialsOf = (url: string): Credentials | undefined => {
  const [, username, password] = /^[^:]+:\/\/([^:/?@]+):([^@/?]+)@/.exec(url) ?? [];
  return username && password
    ? { username: decodeURIComponent(username), password: decodeURIComponent(password) }
    : undefined;
};

/**
 * A client for `esdb://…` or `esdb+discover://…`, with the client's own options (`tls`, `tlsCAFile`, `nodePreference` …)
 * and ours: `correlation=scan` for servers without the standard projections.
 * @throws RangeError if the URL cannot be read
 */
export function connect(url: string): Connection {
  const [address = '', query = ''] = url.split('?');
  const options = new URLSearchParams(query);
  const correlation = options.get('correlation') ?? 'index';
  if (correlation !== 'index' && correlation !== 'scan')
    throw new RangeError(`correlation=${correlation} in the store's URL: use "index" or "scan".`);
  options.delete('correlation');

  // Without TLS the client sends no credentials at all, but having some keeps appends off the shared registry.
  const insecure = options.get('tls') === 'false';
  const credentials =
    credentialsOf(url) ?? (insecure ? { username: 'unused', password: 'unused' } : undefined);
  try {
    const client = EventStoreDBClient.connectionString(
      options.size > 0 ? `${address}?${decodeURIComponent(options.toString())}` : address,
    );
    return { client, correlation, credentials };
  } catch {
    // The client's message repeats the URL, password included.
    throw new RangeError('The EventStoreDB URL cannot be read: esdb://user:password@host:2113?tls=true');
  }
}
