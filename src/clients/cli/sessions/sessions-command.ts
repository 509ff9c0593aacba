import { Command, Option } from 'commander';
import { runUrl } from '../../../adapters/temporal/timeline/run-url.ts';
import { type SessionId, sessionWorkflowId } from '../../../domain/shared/ids.ts';
import { endUserId, recordingId, sessionId } from '../../../http/kernel/schemas/id-schemas.ts';
import { loadConfig } from '../../../runtime/config.ts';
import type { Session } from '../../sdk/wire-types.ts';
import { findTemporalUi } from '../lib/find-service.ts';
import { type ClientOptions, openClient, withClientOptions } from '../lib/open-client.ts';
import { parseWith } from '../lib/options.ts';
import { print, printJson, shortened, table } from '../lib/output.ts';
import { noteLength, readList, withLimit } from '../lib/read-list.ts';
import { renameCommand } from './rename-command.ts';
import { traceCommand } from './trace-command.ts';

interface SessionsOptions extends ClientOptions {
  endUser?: string;
  scope?: string;
  recording?: string;
  title?: string;
  limit: number;
}

/** `ask sessions`: the sessions that a key may see, their names, where operators see a session's workflow, and how an answer came about. */
export function sessionsCommand(): Command {
  const command = new Command('sessions').alias('session').description('list sessions, or rename or look at one');
  withClientOptions(withLimit(command.command('list', { isDefault: true })))
    .description('list sessions, the last used first')
    .option('--end-user <id>', 'only those of this end user', parseWith(endUserId))
    .addOption(new Option('--scope <type>', 'only those of this scope').choices(['recording', 'library', 'selected']))
    .option('--recording <id>', 'only those about this recording', parseWith(recordingId))
    .option('--title <text>', 'only those with this text in their title')
    .action(listSessions);
  command
    .command('open')
    .description("print the address of the session's workflow in the Temporal UI")
    .argument('<id>', 'session id', parseWith(sessionId))
    .option('--json', 'print one JSON object')
    .action(openWorkflow);
  return command.addCommand(renameCommand()).addCommand(traceCommand());
}

async function listSessions(options: SessionsOptions): Promise<void> {
  const { endUser, scope, recording, title, limit } = options;
  const { client } = await openClient(options);
  const query = { end_user_id: endUser, scope_type: scope, recording_id: recording, q: title };
  const list = await readList(client.sessions, limit, query);
  if (options.json) return printJson(list);
  print(table([['ID', 'TITLE', 'ASKED OVER', 'MESSAGES', 'LAST USED'], ...list.data.map(rowOf)]));
  noteLength(list);
}

async function openWorkflow(id: SessionId, { json }: { json?: true }): Promise<void> {
  const config = loadConfig();
  const workflowId = sessionWorkflowId(id);
  const url = runUrl(await findTemporalUi(config), config.TEMPORAL_NAMESPACE, workflowId);
  if (json) printJson({ session_id: id, workflow_id: workflowId, url });
  else print(url);
}

function rowOf({ id, title, scope, message_count, last_message_at, created_at }: Session): string[] {
  const used = (last_message_at ?? created_at).slice(0, 16).replace('T', ' ');
  return [id, shortened(title, 60), scopeOf(scope), String(message_count), used];
}

function scopeOf({ type, recording_ids, recording_title }: Session['scope']): string {
  if (type === 'library') return 'the library';
  if (type === 'recording') return shortened(recording_title ?? 'one recording', 40);
  return recording_ids.length === 1 ? '1 recording' : `${recording_ids.length} recordings`;
}
