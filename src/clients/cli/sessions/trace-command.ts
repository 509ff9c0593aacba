import { Command } from 'commander';
import type { SessionId, TurnId } from '../../../domain/shared/ids.ts';
import { sessionId, turnId } from '../../../http/kernel/schemas/id-schemas.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import { CliError } from '../lib/failure.ts';
import { type ClientOptions, openClient } from '../lib/open-client.ts';
import { parseWith } from '../lib/options.ts';
import { print, printJson } from '../lib/output.ts';
import { traceText } from './trace-text.ts';

/** `ask sessions trace`: how a turn came to its answer. */
export function traceCommand(): Command {
  return new Command('trace')
    .description('show how a turn came to its answer: what was searched, considered and shown to the model')
    .argument('<id>', 'session id', parseWith(sessionId))
    .argument('[turn]', 'turn id (default: the latest turn)', parseWith(turnId))
    .option('--key <key>', 'API key (default: ASK_API_KEY, or the demo key)')
    .option('--json', 'print one JSON object, with the texts of the prompt')
    .action(showTrace);
}

async function showTrace(id: SessionId, turn: TurnId | undefined, options: ClientOptions): Promise<void> {
  const { client } = await openClient(options);
  const trace = await client.trace({ session_id: id, turn_id: turn ?? (await latestTurn(client, id)) });
  if (options.json) printJson(trace);
  else print(traceText(trace));
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
