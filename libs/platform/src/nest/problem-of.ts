import { HttpException } from '@nestjs/common';
import { BusUnavailable } from '../bus/faults.js';
import { isPassing as isPassingSqlite } from '../event-store/sqlite/database.js';
import { RevisionConflict, StoreUnavailable } from '../event-store/faults.js';
import { Problem, type ProblemDetails } from './problem.js';

const busy: ProblemDetails = {
  type: 'temporarily-unavailable',
  title: 'Not available at the moment',
  status: 503,
  detail:
    'A part that this request needs cannot be reached. Repeat the same request, with its Idempotency-Key.',
};

/** What the framework refuses before a controller sees the request. */
const byStatus: Readonly<Record<number, Pick<ProblemDetails, 'type' | 'title' | 'detail'>>> = {
  400: {
    type: 'malformed-request',
    title: 'The request cannot be read',
    detail:
      'It is not well-formed HTTP, or its address is not: broken percent-encoding, or a part of absurd length.',
  },
  404: { type: 'no-such-route', title: 'No such address', detail: 'Nothing is served here; see /docs.' },
  408: {
    type: 'request-too-slow',
    title: 'The request did not arrive',
    detail: 'It did not arrive wholly within 30 seconds. Send the same request again.',
  },
  413: { type: 'body-too-large', title: 'The body is too large', detail: 'At most 256 KiB are read.' },
  415: {
    type: 'unsupported-media-type',
    title: 'Not JSON',
    detail: 'Send the body as application/json, without content-encoding.',
  },
  431: {
    type: 'headers-too-large',
    title: 'The headers are too large',
    detail: 'At most 16 KiB of them are read.',
  },
};

/** The log, the bus or a view cannot be reached, or others are always first: the same request may succeed a moment later. */
const isPassing = (fault: unknown): boolean =>
  fault instanceof StoreUnavailable ||
  fault instanceof BusUnavailable ||
  fault instanceof RevisionConflict ||
  isPassingSqlite(fault);

/** What a caller is told about an error. An unforeseen one says nothing of its cause: that is in the log. */
export function problemOf(fault: unknown): ProblemDetails {
  if (fault instanceof Problem) return fault.problem;
  if (isPassing(fault)) return busy;
  if (fault instanceof HttpException) return problemOfStatus(fault.getStatus());
  return {
    type: 'internal-error',
    title: 'Something went wrong here',
    status: 500,
    detail: 'The error is in the log of this service. Repeat the same request, with its Idempotency-Key.',
  };
}

/** What is said where only an HTTP status is known. */
export function problemOfStatus(status: number): ProblemDetails {
  const known = byStatus[status];
  if (known) return { ...known, status };
  return {
    type: `http-${status}`,
    title: 'The request was refused',
    status,
    detail: `The request was refused with status ${status}.`,
  };
}
