import { Command } from 'commander';
import { chatCommand } from './chat.ts';
import { reportFailure } from './failure.ts';
import { importCommand } from './import.ts';
import { keysCommand } from './keys.ts';
import { projectsCommand } from './projects.ts';
import { questionCommand } from './question.ts';
import { sessionCommand } from './session.ts';
import { stackCommands } from './stack.ts';
import { temporalCommand } from './temporal.ts';

const program = new Command('ask').description('Ask questions over recorded conversations.');
for (const command of stackCommands()) program.addCommand(command);
program
  .addCommand(keysCommand())
  .addCommand(projectsCommand())
  .addCommand(importCommand())
  .addCommand(chatCommand())
  .addCommand(questionCommand())
  .addCommand(sessionCommand())
  .addCommand(temporalCommand());

endsWithUsageCode(program);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}

/** Has commander throw, so that a wrong call ends with the code of wrong calls; commander's own is that of failures. */
function endsWithUsageCode(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) endsWithUsageCode(inner);
}
