import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, openClock } from '@handover/platform';
import { keptClock } from './clock-file.js';

describe('the kept clock', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'clock-spec-'));
  });
  afterEach(() => rmSync(data, { recursive: true }));

  it("is the system's where no speed was ever given", () => {
    expect(keptClock(data, undefined)).toBe('system');
  });

  it('goes on where domain time would be after a restart', () => {
    const first = keptClock(data, 60, 1_000_000);
    expect(first).toBe('scaled:1000000,1000000,60');
    expect(keptClock(data, 60, 2_000_000)).toBe(first);
    expect(keptClock(data, undefined, 2_000_000)).toBe(first);
  });

  it('begins another speed at the present domain time: never behind what is stored', () => {
    const now = Date.now();
    keptClock(data, 60, now - 600_000);
    const slower = keptClock(data, 2, now);
    expect(slower).toMatch(new RegExp(`^scaled:${now},\\d+,2$`));
    expect(openClock(slower).now()).toBeGreaterThanOrEqual(now - 600_000 + 36_000_000);
  });

  it('is not guessed where the kept setting is damaged, with a speed or without', () => {
    writeFileSync(join(data, 'clock'), 'scaled:1');
    for (const speed of [undefined, 60]) {
      expect(() => keptClock(data, speed)).toThrow(ConfigError);
      expect(() => keptClock(data, speed)).toThrow(join(data, 'clock'));
    }
  });
});
