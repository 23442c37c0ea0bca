import { fastify, type FastifyInstance } from 'fastify';
import { addOperations, type Operations } from './routes.js';
import { problemOfStatus } from '../nest/problem-of.js';
import { Routes, unrouted } from '../nest/routes.js';
import { sendProblem } from '../nest/send-problem.js';

/** An HTTP instance of the operations alone, for a process whose services share one port. Root leads to the API's page. */
export async function operationsInstance(operations: Operations): Promise<FastifyInstance> {
  const instance = fastify({
    frameworkErrors: (_fault, _request, reply) => void sendProblem(reply, problemOfStatus(400)),
  });
  const routes = new Routes();
  routes.follow(instance);
  addOperations(instance, operations);
  instance.get('/', (_request, reply) => reply.redirect('/docs'));
  instance.setNotFoundHandler((request, reply) => sendProblem(reply, unrouted(routes, request, reply)));
  await instance.ready();
  return instance;
}
