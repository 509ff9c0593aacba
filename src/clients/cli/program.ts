import { Command } from 'commander';
import { keysCommand } from './access/keys.ts';
import { projectsCommand } from './access/projects.ts';
import { chatCommand } from './ask/chat.ts';
import { questionCommand } from './ask/question.ts';
import { sessionCommand } from './ask/session-command.ts';
import { reportFailure } from './lib/failure.ts';
import { importCommand } from './library/import.ts';
import { reindexCommand } from './library/reindex.ts';
import { stackCommands } from './stack/stack-commands.ts';
import { temporalCommand } from './stack/temporal-command.ts';

const program = new Command('ask').description('Ask questions about recorded conversations.');
for (const command of stackCommands()) program.addCommand(command);
program
  .addCommand(keysCommand())
  .addCommand(projectsCommand())
  .addCommand(importCommand())
  .addCommand(reindexCommand())
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

/** Makes commander throw, so that a wrong call ends with our code for wrong calls. Commander itself ends it with the code for failures. */
function endsWithUsageCode(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) endsWithUsageCode(inner);
}
