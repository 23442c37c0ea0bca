import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { problemOfStatus } from './problem-of.js';
import { type ProblemDetails } from './problem.js';

/** Which methods each address takes: what the router has been given. */
export class Routes {
  private readonly methods = new Map<string, Set<string>>();

  /** Call before the first route is added. */
  follow(instance: FastifyInstance): void {
    instance.addHook('onRoute', ({ url, method }) => {
      const known = this.methods.get(url) ?? new Set();
      for (const each of [method].flat()) known.add(each);
      this.methods.set(url, known);
    });
  }

  /** Methods of a request's address, empty if nothing is there. */
  methodsOf(address: string): string[] {
    const [path = ''] = address.split('?');
    return [...this.methods]
      .filter(([pattern]) => !pattern.includes('*') && matches(pattern, path))
      .flatMap(([, methods]) => [...methods])
      .sort();
  }
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
  );
}

/** An address that exists for other methods is not unknown: 405, and which methods it takes. */
export function unrouted(routes: Routes, { url }: FastifyRequest, reply: FastifyReply): ProblemDetails {
  const allowed = routes.methodsOf(url);
  if (allowed.length === 0) return problemOfStatus(404);
  void reply.header('allow', allowed.join(', '));
  return {
    type: 'method-not-allowed',
    title: 'Not that method',
    status: 405,
    detail: `This address takes ${allowed.join(', ')}.`,
  };
}
