import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

let mended = false;

/**
 * The request queue of kafkajs 2.2.4 looks for waiting requests again and again even if none waits, after a delay that
 * it computes from a moment in the past: a timer each millisecond for every connection (5 % of a core for five idle
 * consumer groups, 0.6 % without), and Node's warning of negative ones. A queue that holds nothing need not look:
 * whatever is added to it later arms the timer itself.
 */
export function mendIdleRequestQueues(): void {
  if (mended) return;
  mended = true;
  const queue = RequestQueue.prototype;
  const look = queue.scheduleCheckPendingRequests;
  queue.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) look.call(this);
  };
}
