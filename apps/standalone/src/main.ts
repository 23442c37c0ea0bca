import { collectDefaultMetrics } from 'prom-client';
import {
  type Config,
  configFromEnvironment,
  machineWall,
  openPlatform,
  pause,
  runProcess,
} from '@handover/platform';
import { keptClock } from './clock-file.js';
import { definitions } from './definitions.js';
import { type Options, readOptions, withOptions } from './options.js';
import { Sample, wantsSample } from './sample.js';
import { type Standalone, startStandalone } from './standalone.js';
import { welcome } from './welcome.js';

const options = readOptions(process.argv.slice(2));

/** The environment's configuration; the command line wins. A person's terminal gets warnings, not every line. */
function configOf({ speed, ...rest }: Options): Config {
  const environment = withOptions(process.env, rest);
  const config = configFromEnvironment({ sample: true, logLevel: 'warn' }, environment);
  const ownClock = speed !== undefined || !environment['HANDOVER_CLOCK'];
  return ownClock ? { ...config, clock: keptClock(config.dataDirectory, speed) } : config;
}

const lookEveryMs = 50;

/** Tells a person where to go when there is something to see: not before all is ready. */
async function greet({ readiness }: Standalone, stopping: AbortSignal, words: () => string): Promise<void> {
  while ((await readiness()).status === 'down') {
    await pause(machineWall, lookEveryMs, stopping);
    if (stopping.aborted) return;
  }
  if (!options.quiet) process.stdout.write(words());
}

await runProcess('handover', async () => {
  const config = configOf(options);
  const platform = await openPlatform(config, 'standalone');
  collectDefaultMetrics({ register: platform.metrics.registry });
  const sample = (await wantsSample(platform)) ? new Sample(platform) : undefined;
  const checks = sample && { sample: sample.check.bind(sample) };
  const standalone = await startStandalone(platform, definitions, checks);
  await sample?.create(standalone.services);
  const stopping = new AbortController();
  const greeting = greet(standalone, stopping.signal, () =>
    welcome(standalone.url, config.dataDirectory, sample !== undefined),
  );
  return {
    log: platform.log,
    stopMs: config.stopMs,
    stop: async () => {
      stopping.abort();
      await greeting;
      await standalone.stop();
      await platform.close();
    },
  };
});
