import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Metrics } from '../metrics/metrics.js';
import { isTraceparent, newTraceparent } from '../tracing/traceparent.js';
import { EventStreams } from './event-streams.js';
import { receiveWithinMs, refuseClient } from './guard.js';
import { closeIdleConnections } from './idle-connections.js';
import { readJson } from './json-body.js';
import { problemOfStatus } from './problem-of.js';
import { Routes } from './routes.js';
import { sendProblem } from './send-problem.js';

/** Largest HTTP body that is read. */
const bodyLimitBytes = 256 * 1024;

/** Longest path parameter: our ids have at most 128 characters, some of them percent-encoded. */
const longestParameter = 400;

export interface ServiceAdapter {
  readonly adapter: FastifyAdapter;
  readonly instance: FastifyInstance;
  readonly routes: Routes;
  readonly streams: EventStreams;
}

/** The HTTP side of one service before Nest adds its routes: limits, JSON, trace context, latency, event streams. */
export function httpAdapter(service: string, metrics: Metrics): ServiceAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    requestTimeout: receiveWithinMs,
    routerOptions: { maxParamLength: longestParameter },
    frameworkErrors: refuseUnreadable,
    clientErrorHandler: refuseClient,
  });
  const instance = adapter.getInstance<FastifyInstance>();
  const routes = new Routes();
  routes.follow(instance);
  readJson(instance);
  instance.addHook('onRequest', refuseEncoded);
  instance.addHook('onRequest', giveTrace);
  instance.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const labels = { service, method, route: routeOptions.url ?? 'none', status: String(reply.statusCode) };
    metrics.http.observe(labels, reply.elapsedTime / 1_000);
    done();
  });
  const streams = new EventStreams();
  streams.follow(instance);
  closePromptly(instance);
  return { adapter, instance, routes, streams };
}

function closePromptly(instance: FastifyInstance): void {
  let enough = (): void => undefined;
  instance.addHook('preClose', (done) => {
    enough = closeIdleConnections(instance.server);
    done();
  });
  instance.addHook('onClose', (_instance, done) => {
    enough();
    done();
  });
}

/** A request that reaches no route, because its address is no URL. */
const refuseUnreadable = (_fault: Error, _request: FastifyRequest, reply: FastifyReply): void =>
  void sendProblem(reply, problemOfStatus(400));

/** A compressed body would be read as broken JSON: say what is wrong, and what is taken instead (RFC 9110, 15.5.16). */
function refuseEncoded(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  if (!encoding || encoding === 'identity') return done();
  void sendProblem(reply.header('accept-encoding', 'identity'), problemOfStatus(415));
}

/** Every request has a W3C trace context: the client's, else a new one. Controllers read `@Headers('traceparent')`. */
function giveTrace(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (!isTraceparent(request.headers['traceparent'])) request.headers['traceparent'] = newTraceparent();
  done();
}
