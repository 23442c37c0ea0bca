import { readFileSync } from 'node:fs';
import { usualSettings } from '@handover/dialing';
import { settingsFromEnvironment } from './settings.js';

describe('the settings of dialing', () => {
  it('are as usual where the environment says nothing', () => {
    expect(settingsFromEnvironment({ HANDOVER_DIALING_LEAD_SECONDS: '  ' })).toEqual(usualSettings);
  });

  it('come from the environment, in seconds', () => {
    const settings = settingsFromEnvironment({
      HANDOVER_DIALING_LEAD_SECONDS: '90',
      HANDOVER_DIALING_MAX_ATTEMPTS: '5',
      HANDOVER_DIALING_RETRY_INSIDE: 'busy=20, voicemail=240',
    });
    expect(settings).toMatchObject({ leadMs: 90_000, retry: { maxAttempts: 5 } });
    expect(settings.retry.insideMs).toEqual({
      ...usualSettings.retry.insideMs,
      busy: 20_000,
      voicemail: 240_000,
    });
  });

  it('name every variable that breaks its rule', () => {
    const wrong = {
      HANDOVER_DIALING_RING_SECONDS: '0',
      HANDOVER_DIALING_MAX_ATTEMPTS: 'many',
      HANDOVER_DIALING_RETRY_AFTER: 'declined=60',
    };
    expect(() => settingsFromEnvironment(wrong)).toThrow(
      /RING_SECONDS must be .*MAX_ATTEMPTS must be .*RETRY_AFTER must be /,
    );
  });

  it('are refused where a name is misspelt', () => {
    expect(() => settingsFromEnvironment({ HANDOVER_DIALING_LEAD_SECOND: '60' })).toThrow(
      'HANDOVER_DIALING_LEAD_SECOND is not known: HANDOVER_DIALING_LEAD_SECONDS may be meant.',
    );
  });
});

describe('docs/configuration.md', () => {
  const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(HANDOVER_DIALING_\w+)`\s*\| `?([^|`]+?)`?\s*\|/gm)];
  const documented = Object.fromEntries(rows.map(([, name = '', value = '']) => [name, value]));

  it('names every variable that is read, and no other', () => {
    const read = new Set<string>();
    settingsFromEnvironment(
      new Proxy<Record<string, string>>({}, { get: (_, name) => void read.add(String(name)) }),
    );
    expect(Object.keys(documented).sort()).toEqual([...read].sort());
  });

  it('gives the defaults that hold', () => {
    expect(settingsFromEnvironment(documented)).toEqual(usualSettings);
  });
});
