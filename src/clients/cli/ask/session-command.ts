import { Command } from 'commander';
import { runUrl } from '../../../adapters/temporal/timeline/run-url.ts';
import { type SessionId, sessionWorkflowId } from '../../../domain/shared/ids.ts';
import { sessionId } from '../../../http/kernel/schemas/id-schemas.ts';
import { loadConfig } from '../../../runtime/config.ts';
import { findTemporalUi } from '../lib/find-service.ts';
import { parseWith } from '../lib/options.ts';
import { print, printJson } from '../lib/output.ts';

/** `ask session open`: where operators see what a session's workflow does. */
export function sessionCommand(): Command {
  const command = new Command('session').description('look at one session');
  command
    .command('open')
    .description("print the address of the session's workflow in the Temporal UI")
    .argument('<id>', 'session id', parseWith(sessionId))
    .option('--json', 'print one JSON object')
    .action(async (id: SessionId, { json }: { json?: true }) => {
      const config = loadConfig();
      const workflowId = sessionWorkflowId(id);
      const url = runUrl(await findTemporalUi(config), config.TEMPORAL_NAMESPACE, workflowId);
      if (json) printJson({ session_id: id, workflow_id: workflowId, url });
      else print(url);
    });
  return command;
}
