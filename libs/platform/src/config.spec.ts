import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, configFromEnvironment, variables } from './config.js';

const wrong = (environment: NodeJS.ProcessEnv): string => {
  try {
    configFromEnvironment({}, environment);
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.message;
  }
  return 'nothing wrong';
};

describe('configuration', () => {
  it('takes the environment before defaults, and defaults before what is documented', () => {
    const config = configFromEnvironment({ port: 3001, sample: true }, { HANDOVER_PORT: '8080' });
    expect(config).toMatchObject({ port: 8080, sample: true, host: '127.0.0.1' });
  });

  it('keeps the store in the data directory', () => {
    expect(configFromEnvironment({}, { HANDOVER_DATA: '/srv/h' }).store).toBe('sqlite:/srv/h/handover.db');
    expect(configFromEnvironment({ dataDirectory: '/srv/d' }, {}).store).toBe('sqlite:/srv/d/handover.db');
  });

  it('applies topics on the embedded bus and leaves them to operators on Kafka', () => {
    expect(configFromEnvironment({}, {}).topics).toBe('apply');
    expect(configFromEnvironment({}, { HANDOVER_BUS: 'kafka://k:9092' }).topics).toBe('verify');
    expect(configFromEnvironment({}, { HANDOVER_BUS: 'kafka://k', HANDOVER_TOPICS: 'apply' }).topics).toBe(
      'apply',
    );
  });

  it('names every wrong variable and its rule, and no value', () => {
    const message = wrong({
      HANDOVER_PORT: '70000',
      HANDOVER_STORE: 'postgres://me:secret@db',
      HANDOVER_CLOCK: 'fast',
    });
    expect(message).toContain('HANDOVER_PORT must be a whole number from 0 to 65535.');
    expect(message).toContain('HANDOVER_STORE must be sqlite:<file>');
    expect(message).toContain('HANDOVER_CLOCK must be system or scaled:');
    expect(message).not.toContain('secret');
  });

  it.each([
    ['HANDOVER_PORT', ['0', '65535'], ['-1', '65536', '80.5', 'x']],
    [
      'HANDOVER_BUS',
      ['embedded:', 'embedded:memory', 'kafka://a:1,b:2'],
      ['embedded', 'amqp://a', 'kafka://'],
    ],
    ['HANDOVER_STORE', ['memory:', 'sqlite:/x', 'esdb://h:2113', 'esdb+discover://h'], ['sqlite:', 'x']],
    ['HANDOVER_CLOCK', ['system', 'scaled:0,0,60', 'scaled:1,2,0.5'], ['scaled:1,2', 'scaled:a,b,c']],
    ['HANDOVER_SAMPLE', ['on', 'off'], ['yes', 'ON']],
    ['HANDOVER_INSTANCE', ['intake-7'], ['a b', 'x'.repeat(101)]],
  ])('%s takes what its rule says and nothing else', (name, good, bad) => {
    for (const value of good) expect([value, wrong({ [name]: value })]).toEqual([value, 'nothing wrong']);
    for (const value of bad) expect(wrong({ [name]: value })).toContain(name);
  });

  it('takes an empty variable for an absent one', () => {
    expect(configFromEnvironment({}, { HANDOVER_PORT: ' ' }).port).toBe(3000);
  });

  it.each([
    ['HANDOVER_PROT', 'HANDOVER_PORT may be meant'],
    ['HANDOVER_ROUTING_FILE', 'docs/configuration.md lists all variables'],
    ['HANDOVER_HTTP_PORT', 'docs/configuration.md lists all variables'],
  ])('refuses %s, which nobody would read', (name, hint) => {
    expect(wrong({ [name]: 'secret' })).toBe(`${name} is not known: ${hint}.`);
  });

  it.each([
    ['HANDOVER_URLS', 'http://h'],
    ['HANDOVER_DIALING_LEAD_SECONDS', '60'],
    ['HANDOVER_INTAKE_SERVICE_HOST', '10.0.0.1'],
    ['HANDOVER_INTAKE_SERVICE_PORT_HTTP', '3000'],
    ['HANDOVER_INTAKE_PORT', 'tcp://10.0.0.1:3000'],
    ['HANDOVER_INTAKE_PORT_3000_TCP_ADDR', '10.0.0.1'],
    ['HANDOVERS', 'of another program'],
  ])('lets %s pass, which is read elsewhere or by nobody of us', (name, value) => {
    expect(wrong({ [name]: value })).toBe('nothing wrong');
  });

  it('is documented: every variable, with its rule and default', () => {
    const file = join(import.meta.dirname, '../../../docs/configuration.md');
    const table =
      readFileSync(file, 'utf8').split('<!-- variables -->')[1]?.split('<!-- /variables -->')[0] ?? '';
    const documented = [...table.matchAll(/^\| `(\w+)` *\| (.*?) *\| *(?:`([^|]*)`)? *\|/gm)].map((row) =>
      row.slice(1, 4),
    );
    const defaults = { ...configFromEnvironment({}, {}), instance: '<host name>-<pid>' };
    const shown = (value: unknown): string | undefined =>
      value === '' ? undefined : typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
    expect(documented).toEqual(
      Object.entries(variables).map(([key, { name, rule }]) => [
        name,
        rule,
        shown(defaults[key as keyof typeof defaults]),
      ]),
    );
  });

  it('documents no variable that is not known', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
    const named = [...page.matchAll(/`(HANDOVER_\w+)`/g)].map(([, name = '']) => name);
    expect(named).toContain('HANDOVER_URLS');
    expect(wrong(Object.fromEntries(named.map((name) => [name, ''])))).toBe('nothing wrong');
  });
});
