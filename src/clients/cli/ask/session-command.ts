import { Command } from 'commander';
import { runUrl } from '../../../adapters/temporal/timeline/run-url.ts';
import { type SessionId, sessionWorkflowId, type TurnId } from '../../../domain/shared/ids.ts';
import { sessionId, turnId } from '../../../http/kernel/schemas/id-schemas.ts';
import { loadConfig } from '../../../runtime/config.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import { createCheckedClient } from '../../sdk/checked-client.ts';
import { CliError } from '../lib/failure.ts';
import { findApi, findTemporalUi } from '../lib/find-service.ts';
import { parseWith } from '../lib/options.ts';
import { print, printJson } from '../lib/output.ts';
import { traceText } from './trace-text.ts';

/** `ask session open`: where operators see what a session's workflow does. `ask session trace`: how a turn came to its answer. */
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
  command
    .command('trace')
    .description('show how a turn came to its answer: what was searched, considered and shown to the model')
    .argument('<id>', 'session id', parseWith(sessionId))
    .argument('[turn]', 'turn id (default: the latest turn)', parseWith(turnId))
    .option('--key <key>', 'API key (default: ASK_API_KEY, or the demo key)')
    .option('--json', 'print one JSON object, with the texts of the prompt')
    .action(async (id: SessionId, turn: TurnId | undefined, { key, json }: { key?: string; json?: true }) => {
      const client = createCheckedClient(await findApi(loadConfig(), key));
      const trace = await client.trace({ session_id: id, turn_id: turn ?? (await latestTurn(client, id)) });
      if (json) printJson(trace);
      else print(traceText(trace));
    });
  return command;
}

/** @throws CliError when nothing was asked in the session */
async function latestTurn(client: ApiClient, id: SessionId): Promise<TurnId> {
  let latest: TurnId | null = null;
  for (let cursor = ''; ; ) {
    const page = await client.messages(id, `limit=100${cursor}`);
    for (const message of page.data) if (message.role === 'user') latest = message.turn_id ?? latest;
    if (page.next_cursor === null) break;
    cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
  }
  if (latest === null) throw new CliError(`Nothing was asked in the session ${id}.`);
  return latest;
}
