import { Command } from 'commander';
import { settings } from './access/settings.js';
import { auditCommand } from './commands/audit.js';
import { demoCommand } from './commands/demo.js';
import { dlqCommand } from './commands/dlq.js';
import { historyCommand } from './commands/history.js';
import { projectionsCommand } from './commands/projections.js';
import { relayCommand } from './commands/relay.js';
import { statusCommand } from './commands/status.js';
import { storeCommand } from './commands/store.js';
import { topicsCommand } from './commands/topics.js';
import { exitCodeFor } from './faults.js';

const program = new Command('handover')
  .description("Operator's commands of Handover. They read the same HANDOVER_… variables as the services.")
  .addCommand(statusCommand())
  .addCommand(projectionsCommand())
  .addCommand(dlqCommand())
  .addCommand(storeCommand())
  .addCommand(relayCommand())
  .addCommand(historyCommand())
  .addCommand(auditCommand())
  .addCommand(topicsCommand())
  .addCommand(demoCommand());

/** Settings that commander does not hand down to commands that were made elsewhere. */
function settle(command: Command): void {
  command.exitOverride().showHelpAfterError('(--help tells what may be given)');
  for (const each of command.commands) settle(each);
}
settle(program);
// A misspelt variable would change nothing, and nobody would notice: refused, as by the services.
program.hook('preAction', () => void settings());

// Whoever reads along (`| head`) has seen enough.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault;
  process.exit();
});

try {
  await program.parseAsync();
} catch (fault) {
  process.exitCode = exitCodeFor(fault);
}
