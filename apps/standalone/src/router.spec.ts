import { type IncomingMessage, type ServerResponse } from 'node:http';
import { definitions } from './definitions.js';
import { router } from './router.js';

/** Who answers a path. */
function answers(path: string): string {
  let who = 'nobody';
  const services = definitions.map((definition) => ({
    definition,
    handle: () => {
      who = definition.name;
    },
  }));
  const route = router(services, () => {
    who = 'operations';
  });
  route({ url: path } as IncomingMessage, {} as ServerResponse);
  return who;
}

it.each([
  ['/v1/conversations', 'intake'],
  ['/v1/handovers', 'intake'],
  ['/v1/handovers/h-1', 'intake'],
  ['/v1/handovers/h-1/appointment', 'intake'],
  ['/v1/handovers/h-1/history', 'analytics'],
  ['/v1/handovers/h-1/history?at=2026-11-23T10:00:00Z', 'analytics'],
  ['/v1/metrics?breakdown=issue', 'analytics'],
  ['/v1/surveys/s-1', 'analytics'],
  ['/v1/pools/billing', 'capacity'],
  ['/v1/pools/billing/capacity', 'capacity'],
  ['/v1/pools/billing/book', 'reservation'],
  ['/v1/pools/billing/appointments', 'reservation'],
  ['/v1/agents/ada', 'capacity'],
  ['/v1/agents/ada/state', 'capacity'],
  ['/v1/agents/ada/briefings', 'dialing'],
  ['/v1/callbacks/c-1', 'dialing'],
  ['/v1/nothing', 'operations'],
  ['/health/ready', 'operations'],
  ['/', 'operations'],
])('%s is answered by %s', (path, service) => {
  expect(answers(path)).toBe(service);
});
