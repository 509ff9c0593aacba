import { Command } from 'commander';
import { z } from 'zod';
import type { SessionId } from '../../../domain/shared/ids.ts';
import { sessionId } from '../../../http/kernel/schemas/id-schemas.ts';
import { type ClientOptions, openClient, withClientOptions } from '../lib/open-client.ts';
import { parseWith } from '../lib/options.ts';
import { print, printJson } from '../lib/output.ts';

const sessionTitle = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters');

/** `ask sessions rename`: gives a session another title. */
export function renameCommand(): Command {
  return withClientOptions(new Command('rename'))
    .description('give a session another title')
    .argument('<id>', 'session id', parseWith(sessionId))
    .argument('<title>', 'the new title', parseWith(sessionTitle))
    .action(rename);
}

async function rename(id: SessionId, title: string, options: ClientOptions): Promise<void> {
  const { client } = await openClient(options);
  const session = await client.renameSession(id, title);
  if (options.json) printJson(session);
  else print(`${id} is called “${session.title}” now.`);
}
