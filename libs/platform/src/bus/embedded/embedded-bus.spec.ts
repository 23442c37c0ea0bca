import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeBus } from '../bus.contract.js';
import { embeddedBus } from './embedded-bus.js';

const directory = mkdtempSync(join(tmpdir(), 'handover-bus-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describeBus('the embedded bus, in a file', {
  manyConsumers: false,
  open: async () => embeddedBus({ file: join(directory, 'one.db') }),
});

describeBus('the embedded bus, in memory', {
  manyConsumers: false,
  open: async () => embeddedBus({ file: ':memory:' }),
});
