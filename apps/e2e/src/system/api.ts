/** An HTTP answer, its JSON body as it came. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call as any HTTP client would make it. @throws TypeError if nobody listens */
export async function callHttp<Body = Record<string, unknown>>(
  method: string,
  url: string,
  { body, headers }: CallOptions = {},
): Promise<Answer<Body>> {
  const json = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url, {
    method,
    body: json,
    headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
    signal: AbortSignal.timeout(15_000),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Body, headers: answer.headers };
}
