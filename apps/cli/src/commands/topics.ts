import { Command } from 'commander';
import { topicDefinitions } from '@handover/contracts';
import { configFromEnvironment, openPlatform } from '@handover/platform';

async function applyTopics(dryRun: boolean): Promise<void> {
  const platform = await openPlatform(configFromEnvironment({ store: 'memory:', logLevel: 'warn' }), 'cli');
  try {
    const outcomes = await platform.bus.applyTopics(topicDefinitions, { dryRun });
    for (const { topic, outcome, difference } of outcomes) {
      process.stdout.write(`${topic.padEnd(42)}${outcome}${difference ? `: ${difference}` : ''}\n`);
    }
    if (outcomes.some(({ outcome }) => outcome === 'missing' || outcome === 'differs')) process.exitCode = 1;
  } finally {
    await platform.close();
  }
}

/** `handover topics apply | verify`: the topics that the contracts define, on the bus of HANDOVER_BUS. */
export function topicsCommand(): Command {
  const topics = new Command('topics').description('create or verify the topics');
  topics
    .command('apply')
    .description('create what is missing; report what has another shape (exit code 1)')
    .action(() => applyTopics(false));
  topics
    .command('verify')
    .description('change nothing; exit code 1 if a topic is missing or has another shape')
    .action(() => applyTopics(true));
  return topics;
}
