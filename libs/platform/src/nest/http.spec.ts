import { connect } from 'node:net';
import { pino } from 'pino';
import { until } from '../event-store/testing/until.js';
import { aPlatform } from '../testing/a-platform.js';
import { type Platform } from '../platform.js';
import { greetings, greetingTopics } from './testing/greetings.js';
import { type RunningService, startService } from './start-service.js';

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

describe('HTTP of a service', () => {
  let platform: Platform;
  let service: RunningService;
  const logged: string[] = [];

  beforeAll(async () => {
    platform = await aPlatform({
      topics: greetingTopics,
      log: pino({}, { write: (line) => logged.push(line) }),
    });
    service = await startService(greetings, platform);
  });
  afterAll(async () => {
    await service.stop();
    await platform.close();
  });

  const call = async (method: string, path: string, body?: unknown, headers = {}): Promise<Answer> => {
    const answer = await fetch(service.url + path, {
      method,
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
      headers: { 'content-type': 'application/json', ...headers },
    });
    const text = await answer.text();
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      headers: answer.headers,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };
  const expectProblem = (answer: Answer, status: number, type: string): void => {
    expect(answer.body).toMatchObject({ status, type: `/problems/${type}` });
    expect(answer.status).toBe(status);
    expect(answer.type).toMatch(/^application\/problem\+json/);
  };

  it('gives controllers instances of the contract class', async () => {
    const { status, body } = await call('POST', '/v1/greetings', { name: 'Ada', guests: [{ name: 'Ben' }] });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Ada', isGreeting: true });
  });

  it('names every field and rule that a body breaks, at any depth, and never a value', async () => {
    const answer = await call('POST', '/v1/greetings', {
      name: 'a name that is too long',
      age: 'old',
      guests: [{ name: 'Ben' }, { name: 7 }],
      surprise: 'secret',
    });
    expectProblem(answer, 400, 'invalid-request');
    const violations = answer.body['violations'] as { field: string; rule: string }[];
    expect(violations.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['name', 'age', 'guests[1].name', 'surprise']),
    );
    expect(violations).toContainEqual({ field: 'surprise', rule: 'is not a known field' });
    expect(violations).toContainEqual({ field: 'guests[1].name', rule: 'must be a string' });
    expect(JSON.stringify(answer.body)).not.toMatch(/too long|old|secret/);
  });

  it.each([
    ['not JSON', '{"name":', 400, 'malformed-request'],
    ['not UTF-8', Uint8Array.from(Buffer.from('{"name":"Zo\xeb"}', 'latin1')), 400, 'malformed-request'],
    ['a list where an object is meant', '[{"name":"Ada"}]', 400, 'invalid-request'],
    ['null', 'null', 400, 'invalid-request'],
    ['JSON that nests too deep', `{"name":${'['.repeat(100_000)}`, 400, 'body-too-deep'],
    ['a prototype', '{"name":"Ada","__proto__":{"admin":true}}', 400, 'malformed-request'],
    ['more than 256 KiB', JSON.stringify({ name: 'x'.repeat(262_144) }), 413, 'body-too-large'],
  ])('refuses a body that is %s', async (_what, body, status, type) => {
    expectProblem(await call('POST', '/v1/greetings', body), status, type);
  });

  it('tells where a body stops being JSON, or which field it may not have, and nothing that it says', async () => {
    const detailOf = async (body: string): Promise<unknown> =>
      (await call('POST', '/v1/greetings', body)).body['detail'];
    expect(await detailOf('{"name": "Ada" "age": 3}')).toBe('The body is not JSON from character 16 on.');
    expect(await detailOf('+41445551234')).toBe('The body is not JSON.');
    expect(await detailOf('{"__proto__": {}}')).toMatch(/__proto__/);
  });

  it('answers what is no HTTP, and headers that are too large', async () => {
    const { port } = new URL(service.url);
    const answerTo = async (text: string): Promise<string> => {
      const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
      socket.write(text);
      return (await socket.toArray()).join('');
    };
    expect(await answerTo('HELO me\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*\/problems\/malformed-request/);
    expect(await answerTo(`GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 [^]*\/problems\/headers-too-large/,
    );
  });

  it('blames nobody for a client that goes away while it sends', async () => {
    const { port } = new URL(service.url);
    const socket = connect(Number(port), '127.0.0.1');
    const head = 'POST /v1/greetings HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    const told = (): string => logged.join('');
    await new Promise<void>((sent) => socket.write(`${head}content-length: 100\r\n\r\n{`, () => sent()));
    await call('GET', '/v1/greetings/7'); // the server has met the other request by then
    socket.destroy();
    await until(() => told().includes('went away') || told().includes('request failed'));
    expect(told()).not.toContain('request failed');
  });

  it('reads a body of nearly 256 KiB', async () => {
    const answer = await call('POST', '/v1/greetings', `{"name":"Ada"${' '.repeat(262_000)}}`);
    expect(answer.status).toBe(201);
  });

  it('reads text that only looks deep', async () => {
    const answer = await call('POST', '/v1/greetings', { name: '[[[\\"[{{' });
    expect(answer.status).toBe(201);
  });

  it('names what is missing if there is no body', async () => {
    const answer = await call('POST', '/v1/greetings');
    expectProblem(answer, 400, 'invalid-request');
    expect(answer.body['violations']).toContainEqual({ field: 'name', rule: 'must be a string' });
  });

  it.each([
    ['a field named like what every object has', { name: { constructor: 1 } }, 'name.constructor'],
    ['such a field beside the others', { name: 'Ada', toString: 'x' }, 'toString'],
    ['a list within a list', { name: 'Ada', guests: [{ name: 'Ben' }, []] }, 'guests[1]'],
  ])('names %s', async (_what, body, field) => {
    const answer = await call('POST', '/v1/greetings', body);
    expectProblem(answer, 400, 'invalid-request');
    expect(answer.body['violations']).toMatchObject([{ field }]);
  });

  it('takes a field that is null for one that is absent, at any depth; a list of nothing is refused', async () => {
    const answer = await call('POST', '/v1/greetings', { name: 'Ada', age: null, guests: null });
    expect([answer.status, answer.body['fields']]).toEqual([201, ['name']]);
    expectProblem(await call('POST', '/v1/greetings', { name: null }), 400, 'invalid-request');
    expectProblem(
      await call('POST', '/v1/greetings', { name: 'Ada', guests: [null] }),
      400,
      'invalid-request',
    );
  });

  it('refuses what is not JSON by its media type', async () => {
    const answer = await call('POST', '/v1/greetings', 'name=Ada', { 'content-type': 'text/plain' });
    expectProblem(answer, 415, 'unsupported-media-type');
  });

  it('refuses a compressed body by its encoding, whatever is in it', async () => {
    const answer = await call('POST', '/v1/greetings', { name: 'Ada' }, { 'content-encoding': 'gzip' });
    expectProblem(answer, 415, 'unsupported-media-type');
    expect(answer.headers.get('accept-encoding')).toBe('identity');
    const plain = await call('POST', '/v1/greetings', { name: 'Ada' }, { 'content-encoding': 'identity' });
    expect(plain.status).toBe(201);
  });

  it('finds nothing under an id that breaks the rule of ids, and does not repeat it', async () => {
    const answer = await call('GET', '/v1/greetings/%1b%5b2Jgarbage');
    expectProblem(answer, 404, 'ill-formed-id');
    expect(JSON.stringify(answer.body)).not.toContain('garbage');
  });

  it('checks queries by their class', async () => {
    expect((await call('GET', '/v1/greetings/7?size=5')).body).toEqual({ id: '7', page: { size: 5 } });
    expectProblem(await call('GET', '/v1/greetings/7?size=50'), 400, 'invalid-request');
    expectProblem(await call('GET', '/v1/greetings/7?colour=red'), 400, 'invalid-request');
  });

  it('takes ids of 128 characters in paths', async () => {
    const id = 'i'.repeat(128);
    expect((await call('GET', `/v1/greetings/${id}`)).body).toMatchObject({ id });
  });

  it('tells an unknown address from a known one with another method', async () => {
    expectProblem(await call('GET', '/v1/nothing'), 404, 'no-such-route');
    const answer = await call('DELETE', '/v1/greetings/7');
    expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it('refuses a path that is no URL', async () => {
    expectProblem(await call('GET', '/v1/greetings/%ff'), 400, 'malformed-request');
  });

  it('answers refusals of the domain with their own words', async () => {
    const answer = await call('POST', '/v1/greetings/faults/refused');
    expectProblem(answer, 409, 'no-greeting');
    expect(answer.body).toMatchObject({ title: 'No', detail: 'Not today.', retry: 'tomorrow' });
  });

  it('says that the store is away, and when to come back', async () => {
    const answer = await call('POST', '/v1/greetings/faults/store');
    expectProblem(answer, 503, 'temporarily-unavailable');
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('says nothing of the cause of an unforeseen error', async () => {
    const answer = await call('POST', '/v1/greetings/faults/bug');
    expectProblem(answer, 500, 'internal-error');
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it("hands on the client's trace context, and gives a new one where there is none or a wrong one", async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const traceOf = async (headers: object): Promise<unknown> =>
      (await call('POST', '/v1/greetings', { name: 'Ada' }, headers)).body['traceparent'];
    expect(await traceOf({ traceparent })).toBe(traceparent);
    const wrong = await traceOf({ traceparent: '00-00000000000000000000000000000000-00f067aa0ba902b7-01' });
    expect(wrong).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(wrong).not.toMatch(/^00-0{32}/);
    expect(await traceOf({})).not.toBe(wrong);
  });

  it('measures each request by its route, not by its address', async () => {
    await call('GET', '/v1/greetings/very-special');
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(
      /handover_http_request_seconds_count\{service="greetings",method="GET",route="\/v1\/greetings\/:id",status="200"\} \d/,
    );
    expect(metrics).not.toContain('very-special');
  });
});
