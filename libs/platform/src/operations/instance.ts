import { fastify, type FastifyInstance } from 'fastify';
import { addOperations, type Operations } from './routes.js';
import { sendProblem } from '../nest/send-problem.js';

/** An HTTP instance of the operations alone, for a process whose services share one port. Root leads to the API's page. */
export async function operationsInstance(operations: Operations): Promise<FastifyInstance> {
  const instance = fastify();
  addOperations(instance, operations);
  instance.get('/', (_request, reply) => reply.redirect('/docs'));
  instance.setNotFoundHandler((_request, reply) => sendProblem(reply, noSuchRoute));
  await instance.ready();
  return instance;
}

const noSuchRoute = {
  type: 'no-such-route',
  title: 'No such address',
  status: 404,
  detail: 'Nothing is served here; see /docs.',
};
