import { Command } from 'commander';
import { demoCommand } from './commands/demo.js';
import { topicsCommand } from './commands/topics.js';

const program = new Command('handover')
  .description("Operator's commands of Handover. They read the same HANDOVER_… variables as the services.")
  .addCommand(topicsCommand())
  .addCommand(demoCommand())
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (fault) {
  process.stderr.write(`handover: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
}
