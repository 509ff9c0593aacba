import type { Command } from 'commander';
import type { EndUserId } from '../../../domain/shared/ids.ts';
import { loadConfig } from '../../../runtime/config.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import { createCheckedClient } from '../../sdk/checked-client.ts';
import { findApi } from './find-service.ts';

export interface ClientOptions {
  key?: string;
  json?: true;
}

/** The options of each command that calls the API. */
export function withClientOptions(command: Command): Command {
  return command
    .option('--key <key>', 'API key (default: ASK_API_KEY, or the demo key)')
    .option('--json', 'print one JSON object');
}

/** @throws CliError when no service or key is known. */
export async function openClient({ key }: ClientOptions): Promise<{
  client: ApiClient;
  /** The demo end user, for the demo key. */
  endUserId: EndUserId | null;
}> {
  const api = await findApi(loadConfig(), key);
  return { client: createCheckedClient(api), endUserId: api.endUserId };
}
