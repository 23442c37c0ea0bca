import { performance } from 'node:perf_hooks';

/** An answer of the system, with how long it took in milliseconds of wall time. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly tookMs: number;
}

/** The system under the demo, by its HTTP API alone: what an integrator has. */
export class Api {
  constructor(private readonly url: string) {}

  /** @throws TypeError if nobody listens, Error if no answer comes within 30 s */
  async call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    const began = performance.now();
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    const tookMs = performance.now() - began;
    return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Body, tookMs };
  }

  /** As `call`, but an answer other than 2xx is a fault. @throws Error with the problem's text */
  async must<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.call<Body>(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}
