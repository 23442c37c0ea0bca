import { type Server } from 'node:http';

const everyMs = 50;

/**
 * While a server closes it waits for its connections, and a client may keep one open long after its last answer.
 * Closes those that have nothing under way, again and again, until the returned function is called.
 */
export function closeIdleConnections(server: Server): () => void {
  const sweep = setInterval(() => server.closeIdleConnections(), everyMs);
  return () => clearInterval(sweep);
}
