import { Command } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { endUsersCommand } from './access/end-users-command.ts';
import { keysCommand } from './access/keys.ts';
import { projectsCommand } from './access/projects.ts';
import { chatCommand } from './ask/chat.ts';
import { questionCommand } from './ask/question.ts';
import { deleteCommand } from './delete/delete-command.ts';
import { evalCommand } from './evaluation/eval-command.ts';
import { EXIT_CODES, reportFailure, reportUsage } from './lib/failure.ts';
import { importCommand } from './library/import.ts';
import { recordingsCommand } from './library/recordings-command.ts';
import { searchCommand } from './library/search-command.ts';
import { pineconeCommand } from './retrieval/pinecone-command.ts';
import { reindexCommand } from './retrieval/reindex.ts';
import { exportCommand } from './sessions/export-command.ts';
import { sessionsCommand } from './sessions/sessions-command.ts';
import { stackCommands } from './stack/stack-commands.ts';
import { temporalCommand } from './stack/temporal-command.ts';

const program = new Command('ask')
  .description('Ask questions about recorded conversations.')
  .version(packageJson.version, '-V, --version', 'print the version')
  .addHelpText('after', EXIT_CODES);
for (const command of stackCommands()) program.addCommand(command);
program
  .addCommand(questionCommand())
  .addCommand(chatCommand())
  .addCommand(searchCommand())
  .addCommand(importCommand())
  .addCommand(recordingsCommand())
  .addCommand(sessionsCommand())
  .addCommand(exportCommand())
  .addCommand(deleteCommand())
  .addCommand(endUsersCommand())
  .addCommand(keysCommand())
  .addCommand(projectsCommand())
  .addCommand(evalCommand())
  .addCommand(reindexCommand())
  .addCommand(pineconeCommand())
  .addCommand(temporalCommand());

// A reader that has read enough, such as head, is no failure.
process.stdout.on('error', (error) => {
  if (!('code' in error && error.code === 'EPIPE')) throw error;
});

endsWithUsageCode(program);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}

/** Makes commander throw, so that a wrong call ends with our code for wrong calls, and says in one line what is wrong and where help is. */
function endsWithUsageCode(command: Command, path = 'npx ask'): void {
  command.exitOverride().configureOutput({ outputError: (problem) => reportUsage(problem, path) });
  for (const inner of command.commands) endsWithUsageCode(inner, `${path} ${inner.name()}`);
}
