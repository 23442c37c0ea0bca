import { Command } from 'commander';
import { topicDefinitions } from '@handover/contracts';
import { type Bus, type TopicOutcome } from '@handover/platform/access';
import { withBus } from '../access/open-bus.js';
import { settings } from '../access/settings.js';
import { exitCodes } from '../faults.js';
import { print } from '../terminal/print.js';

async function report(bus: Bus, dryRun: boolean): Promise<void> {
  const outcomes = await bus.applyTopics(topicDefinitions, { dryRun });
  for (const { topic, outcome, difference } of outcomes)
    print(`${topic.padEnd(42)}${outcome}${difference ? `: ${difference}` : ''}`);
  const has = (wanted: TopicOutcome['outcome']): boolean =>
    outcomes.some(({ outcome }) => outcome === wanted);
  if (has('missing')) print('Make what is missing: handover topics apply');
  if (has('differs')) print('What differs is left as it is: docs/operations.md#topics-are-missing-or-differ');
  if (has('missing') || has('differs')) process.exitCode = exitCodes.failed;
}

/** `handover topics apply | verify`: the topics that the contracts define, on the bus of HANDOVER_BUS. */
export function topicsCommand(): Command {
  const topics = new Command('topics').description('create or verify the topics');
  topics
    .command('apply')
    .description('create what is missing; report what has another shape (exit code 1)')
    .action(() => withBus(settings(), (bus) => report(bus, false), 'create'));
  topics
    .command('verify')
    .description('change nothing; exit code 1 if a topic is missing or has another shape')
    .action(() => withBus(settings(), (bus) => report(bus, true)));
  return topics;
}
