// kafkajs has no types for its parts.
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    constructor(options: object);
    readonly pending: object[];
    push(request: object): void;
    fulfillRequest(response: object): void;
    maybeThrottle(spanMs: number): void;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
  }
}
