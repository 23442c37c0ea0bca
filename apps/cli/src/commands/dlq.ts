import { Command } from 'commander';
import { osUser } from '../access/settings.js';
import { collect } from '../access/services.js';
import { auditLetters } from '../dead-letters/audit.js';
import { discard } from '../dead-letters/discard.js';
import { listLetters } from '../dead-letters/list.js';
import { redrive } from '../dead-letters/redrive.js';
import { showLetter } from '../dead-letters/show.js';
import { wholeNumber } from '../terminal/numbers.js';

const queueHelp = 'the queue, as `handover dlq list` names it';

/** `handover dlq list | show | redrive | discard | audit`: the messages that consumers put aside. */
export function dlqCommand(): Command {
  const dlq = new Command('dlq').description('look at, redrive or discard dead letters');
  dlq
    .command('list')
    .description('every key with parked messages, those that wait longest first')
    .option('--queue <queue>', queueHelp)
    .option('--json', 'print JSON')
    .action(listLetters);
  dlq
    .command('show')
    .description('one dead letter: why it was parked, its headers and its data')
    .argument('<queue>', queueHelp)
    .argument('<partition>', 'its partition', wholeNumber(0, 100_000))
    .argument('<offset>', 'its offset in the queue', wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option('--personal', 'show what identifies a caller, too')
    .option('--json', 'print JSON')
    .action(showLetter);
  const acting = (name: string, description: string): Command =>
    dlq
      .command(name)
      .description(description)
      .argument('<queue>', queueHelp)
      .option('--key <key>', 'a key with parked messages; may be given several times', collect)
      .option('--partition <number>', 'only keys of this partition', wholeNumber(0, 100_000))
      .option('--all', 'every key of the queue')
      .requiredOption('--why <reason>', 'kept with the dead letters for ever')
      .option('--by <who>', 'who acts; kept too', osUser())
      .option('--dry-run', 'say what would be done');
  acting('redrive', 'have the parked messages handled again, in order, and follow how it goes')
    .option('--wait <seconds>', 'how long to follow', wholeNumber(0, 86_400), 60)
    .action(redrive);
  acting('discard', 'give up parked messages; they stay readable, but will not be handled')
    .option(
      '--through <offset>',
      'only up to this offset in the queue',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .action(discard);
  dlq
    .command('audit')
    .description('who asked for what, and how it ended')
    .option('--queue <queue>', queueHelp)
    .option('--json', 'print JSON')
    .action(auditLetters);
  return dlq;
}
