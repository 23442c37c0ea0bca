import { Centre } from '../testing/centre.js';

describe("the desk's page", () => {
  let centre: Centre;
  beforeAll(async () => {
    centre = await Centre.open();
  });
  afterAll(() => centre.close());

  it.each(['/desk', '/desk/ann'])('is at %s, and may run nothing but its own files', async (path) => {
    const answer = await centre.get(path);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(answer.body).not.toMatch(/<script(?![^>]* src="\/desk\/assets\/)/);
  });

  it('has every file that it names', async () => {
    const { body } = await centre.get('/desk/ann');
    const named = [...body.matchAll(/"(\/desk\/assets\/[^"]+)"/g)].map(([, path]) => String(path));
    expect(named).toHaveLength(2);
    for (const path of [...named, '/desk/assets/closing.js'])
      expect((await centre.get(path)).statusCode).toBe(200);
  });

  it('gives no other file', async () => {
    const answer = await centre.get('/desk/assets/..%2F..%2Fpackage.json');
    expect([answer.statusCode, answer.json<{ type: string }>().type]).toEqual([404, '/problems/not-found']);
  });
});
