import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultRouting } from '@handover/intake';
import { aHandoverRequest } from '@handover/intake/testing';
import { ConfigError } from '@handover/platform';
import { routingTable } from './routing.js';
import { RunningIntake } from './testing/a-running-intake.js';

describe('the routing table', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'routing-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  const file = async (content: unknown): Promise<string> => {
    const path = join(directory, 'routing.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const faultsOf = async (routing: string): Promise<string> => {
    const fault: unknown = await routingTable({ routing }).catch((reason: unknown) => reason);
    expect(fault).toBeInstanceOf(ConfigError);
    return (fault as ConfigError).message;
  };

  it('is the built-in one unless a file is named', async () => {
    expect(await routingTable({ routing: '' })).toBe(defaultRouting);
  });

  it('is read from the file that HANDOVER_ROUTING names, and applies', async () => {
    const rules = [{ id: 'tech', when: { issueType: ['technical-*'] }, pool: 'lab', skills: ['lab'] }];
    const intake = await RunningIntake.start({
      routing: await file({ rules, otherwise: { id: 'rest', pool: 'desk' } }),
    });
    const { body } = await intake.call('POST', '/v1/handovers', aHandoverRequest());
    await intake.stop();
    expect(body['routing']).toEqual({ pool: 'lab', skills: ['en', 'lab'], rule: 'tech' });
  });

  it('that cannot be read is refused by its name', async () => {
    expect(await faultsOf(join(directory, 'none.json'))).toMatch(
      /none\.json is not a routing table:\n  it cannot be read/,
    );
  });

  it('that is not JSON is refused', async () => {
    expect(await faultsOf(await file('{"rules": ['))).toContain('it is not JSON');
  });

  it('that breaks rules is refused with every field and rule', async () => {
    const wrong = {
      rules: [
        { id: 'a', when: { issueTypes: ['x'] }, pool: 'P 1' },
        { id: 'b', when: { issueType: [] }, pool: 'p' },
      ],
    };
    const message = await faultsOf(await file(wrong));
    expect(message).toContain('rules[0].when.issueTypes is not a known field');
    expect(message).toContain('rules[0].pool must be 1–64 lower-case letters');
    expect(message).toContain('rules[1].when.issueType');
    expect(message).toContain('otherwise must be an object');
  });

  it('whose rules contradict each other is refused', async () => {
    const twice = { rules: [{ id: 'a', when: {}, pool: 'p' }], otherwise: { id: 'a', pool: 'p' } };
    const message = await faultsOf(await file(twice));
    expect(message).toContain('rules[0].when names no condition');
    expect(message).toContain('otherwise.id "a" is used twice');
  });
});
