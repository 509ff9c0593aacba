import { type Command, Option } from 'commander';
import { z } from 'zod';
import { PROVIDERS } from '../../../domain/shared/provider.ts';
import { endUserId, recordingId, sessionId } from '../../../http/kernel/schemas/id-schemas.ts';
import type { Config } from '../../../runtime/config.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import { createCheckedClient } from '../../sdk/checked-client.ts';
import { findApi } from '../lib/find-service.ts';
import { parseWith } from '../lib/options.ts';
import { Conversation, type Place } from './conversation.ts';

const optionsSchema = z.object({
  session: sessionId.optional(),
  recording: recordingId.optional(),
  endUser: endUserId.optional(),
  provider: z.enum(PROVIDERS).optional(),
  key: z.string().optional(),
});
type AskingOptions = z.infer<typeof optionsSchema>;

/** The options of each command that asks: its scope, its end user and its model. */
export function withAskingOptions(command: Command): Command {
  const places = ['session', 'recording', 'library'];
  const exclusive = (flags: string, description: string, name: string) =>
    new Option(flags, description).conflicts(places.filter((other) => other !== name));
  return command
    .addOption(exclusive('--session <id>', 'continue this session', 'session').argParser(parseWith(sessionId)))
    .addOption(exclusive('--recording <id>', 'ask over one recording', 'recording').argParser(parseWith(recordingId)))
    .addOption(exclusive('--library', 'ask over all recordings of the end user (default)', 'library'))
    .option('--end-user <id>', 'whose library (default: the demo end user)', parseWith(endUserId))
    .addOption(new Option('--provider <name>', 'the model that answers').choices(PROVIDERS))
    .option('--key <key>', 'API key (default: ASK_API_KEY, or the demo key)');
}

/** @throws CliError when no service or key is known. */
export async function openConversation(
  config: Config,
  given: unknown,
): Promise<{ client: ApiClient; conversation: Conversation }> {
  const options = optionsSchema.parse(given);
  const api = await findApi(config, options.key);
  const client = createCheckedClient(api);
  return { client, conversation: new Conversation(client, placeOf(options, api.endUserId), options.provider) };
}

function placeOf({ session, recording, endUser }: AskingOptions, demoEndUser: AskingOptions['endUser'] | null): Place {
  if (session !== undefined) return { sessionId: session };
  if (recording !== undefined) return { scope: { type: 'recording', recording_id: recording } };
  const owner = endUser ?? demoEndUser ?? undefined;
  return { scope: { type: 'library' }, ...(owner && { end_user_id: owner }) };
}
