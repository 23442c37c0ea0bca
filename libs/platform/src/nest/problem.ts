import { HttpException } from '@nestjs/common';

/** RFC 9457 problem details; `type` is a stable word per refusal, answered as `/problems/<type>`. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What happened, to what, and what to do. Nothing personal. */
  readonly detail: string;
  readonly [extension: string]: unknown;
}

/** Throw it from a controller: the filter answers with `application/problem+json`. */
export class Problem extends HttpException {
  constructor(readonly problem: ProblemDetails) {
    super(problem, problem.status);
  }
}
