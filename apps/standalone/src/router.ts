import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type ServiceDefinition } from '@handover/platform';

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** What takes requests, and for which paths. */
export interface Routed {
  readonly definition: Pick<ServiceDefinition, 'name' | 'routes'>;
  handle: Handle;
}

/**
 * One port for several services: a request goes to the service with the longest match of its path, in the order given
 * where two match alike; to `otherwise` if none does.
 */
export function router(services: readonly Routed[], otherwise: Handle): Handle {
  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    const service = services
      .map((each) => ({ each, length: matchLength(each.definition.routes, path) }))
      .reduce<{ each?: Routed; length: number }>((best, next) => (next.length > best.length ? next : best), {
        length: 0,
      }).each;
    (service?.handle ?? otherwise)(request, response);
  };
}

const matchLength = (routes: readonly RegExp[], path: string): number =>
  Math.max(0, ...routes.map((route) => route.exec(path)?.[0].length ?? 0));
