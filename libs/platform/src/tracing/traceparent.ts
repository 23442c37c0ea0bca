import { randomBytes } from 'node:crypto';

const pattern = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** True for a W3C trace context (https://www.w3.org/TR/trace-context/): lower-case hex, no id all zeros. */
export const isTraceparent = (given: unknown): given is string =>
  typeof given === 'string' && pattern.test(given);

/** A trace of its own, marked as not sampled. */
export const newTraceparent = (): string =>
  `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
