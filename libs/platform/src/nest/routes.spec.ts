import { fastify } from 'fastify';
import { Routes } from './routes.js';

describe('the routes of a service', () => {
  const routes = new Routes();

  beforeAll(async () => {
    const instance = fastify();
    routes.follow(instance);
    instance.put('/v1/agents/:agentId/state', () => ({}));
    instance.delete('/v1/agents/:agentId/state', () => ({}));
    await instance.ready();
  });

  it('know which methods an address takes', () => {
    expect(routes.methodsOf('/v1/agents/ada/state?since=now')).toEqual(['DELETE', 'PUT']);
  });

  it.each(['/v1/agents/ada', '/v1/agents//state', '/v1/agents/ada/state/more', '/v1/teams/ada/state'])(
    'do not know %s',
    (address) => {
      expect(routes.methodsOf(address)).toEqual([]);
    },
  );
});
