import { jest } from '@jest/globals';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { mendIdleRequestQueues } from './idle-request-queue.js';

const quiet = { debug: () => undefined };
const aQueue = (maxInFlightRequests: number): RequestQueue =>
  new RequestQueue({ maxInFlightRequests, requestTimeout: 1_000, logger: quiet, broker: 'b', clientId: 'c' });
const aRequest = (correlationId: number, sendRequest: () => void): object => ({
  entry: { correlationId, apiKey: 0, apiName: 'Probe', apiVersion: 0, resolve: () => 0, reject: () => 0 },
  expectResponse: true,
  sendRequest,
});

describe("kafkajs's request queue, mended", () => {
  beforeEach(() => {
    jest.useFakeTimers();
    mendIdleRequestQueues();
  });
  afterEach(() => jest.useRealTimers());

  it('arms no timer while nothing waits', () => {
    aQueue(1).checkPendingRequests();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends what waits as soon as there is room', () => {
    const queue = aQueue(1);
    const sent: number[] = [];
    queue.push(aRequest(1, () => sent.push(1)));
    queue.push(aRequest(2, () => sent.push(2)));
    expect(sent).toEqual([1]);
    queue.fulfillRequest({ correlationId: 1, size: 0, payload: {} });
    expect(sent).toEqual([1, 2]);
    queue.fulfillRequest({ correlationId: 2, size: 0, payload: {} });
    jest.runOnlyPendingTimers();
    jest.runOnlyPendingTimers();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends what a throttled client holds back when the broker allows it again', () => {
    const queue = aQueue(8);
    let sent = false;
    queue.maybeThrottle(500);
    queue.push(aRequest(1, () => (sent = true)));
    jest.advanceTimersByTime(499);
    expect(sent).toBe(false);
    jest.advanceTimersByTime(2);
    expect(sent).toBe(true);
  });
});
