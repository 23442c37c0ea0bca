import { collectDefaultMetrics } from 'prom-client';
import { type Config, configFromEnvironment, openPlatform, runProcess } from '@handover/platform';
import { keptClock } from './clock-file.js';
import { createSample, wantsSample } from './create-sample.js';
import { definitions } from './definitions.js';
import { type Options, readOptions, withOptions } from './options.js';
import { startStandalone } from './standalone.js';
import { welcome } from './welcome.js';

const options = readOptions(process.argv.slice(2));

/** The environment's configuration; the command line wins. A person's terminal gets warnings, not every line. */
function configOf({ speed, ...rest }: Options): Config {
  const environment = withOptions(process.env, rest);
  const config = configFromEnvironment({ sample: true, logLevel: 'warn' }, environment);
  const ownClock = speed !== undefined || !environment['HANDOVER_CLOCK'];
  return ownClock ? { ...config, clock: keptClock(config.dataDirectory, speed) } : config;
}

await runProcess('handover', async () => {
  const config = configOf(options);
  const platform = await openPlatform(config, 'standalone');
  collectDefaultMetrics({ register: platform.metrics.registry });
  const sample = await wantsSample(platform);
  const standalone = await startStandalone(platform, definitions);
  const capacity = standalone.services.find(({ definition }) => definition.name === 'capacity');
  if (sample && capacity) await createSample(platform, capacity);
  if (!options.quiet) process.stdout.write(welcome(standalone.url, config.dataDirectory, sample));
  return {
    log: platform.log,
    stopMs: config.stopMs,
    stop: async () => {
      await standalone.stop();
      await platform.close();
    },
  };
});
