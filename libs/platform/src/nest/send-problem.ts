import { type FastifyReply } from 'fastify';
import { type ProblemDetails } from './problem.js';

/** Answers with problem details (RFC 9457). */
export const sendProblem = (reply: FastifyReply, problem: ProblemDetails): FastifyReply =>
  reply
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...problem, type: `/problems/${problem.type}` }));
