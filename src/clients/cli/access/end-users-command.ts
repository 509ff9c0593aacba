import { Command } from 'commander';
import { z } from 'zod';
import type { EndUser } from '../../sdk/wire-types.ts';
import { type ClientOptions, openClient, withClientOptions } from '../lib/open-client.ts';
import { parseWith } from '../lib/options.ts';
import { print, printJson, shortened, table } from '../lib/output.ts';
import { noteLength, readList, withLimit } from '../lib/read-list.ts';

interface ListOptions extends ClientOptions {
  externalId?: string;
  limit: number;
}

interface CreateOptions extends ClientOptions {
  name?: string;
  externalId?: string;
}

const shortText = z.string().min(1, 'must not be empty').max(255, 'must have at most 255 characters');

/** `ask end-users`: the people whose recordings a project keeps. */
export function endUsersCommand(): Command {
  const command = new Command('end-users').description(
    'list and create end users, the people whose recordings these are',
  );
  withClientOptions(withLimit(command.command('list', { isDefault: true })))
    .description('list end users')
    .option('--external-id <id>', 'only the one that your own system calls so', parseWith(shortText))
    .action(listEndUsers);
  withClientOptions(command.command('create'))
    .description('create an end user')
    .option('--name <name>', 'their name', parseWith(shortText))
    .option('--external-id <id>', 'what your own system calls them; unique in the project', parseWith(shortText))
    .action(createEndUser);
  return command;
}

async function listEndUsers(options: ListOptions): Promise<void> {
  const { client } = await openClient(options);
  const list = await readList(client.endUsers, options.limit, { external_id: options.externalId });
  if (options.json) return printJson(list);
  print(table([['ID', 'NAME', 'EXTERNAL ID', 'CREATED'], ...list.data.map(rowOf)]));
  noteLength(list);
}

async function createEndUser({ name, externalId, ...options }: CreateOptions): Promise<void> {
  const { client } = await openClient(options);
  const endUser = await client.createEndUser({
    ...(name !== undefined && { name }),
    ...(externalId !== undefined && { external_id: externalId }),
  });
  if (options.json) printJson(endUser);
  else print(endUser.id);
}

function rowOf({ id, name, external_id, created_at }: EndUser): string[] {
  return [id, shortened(name ?? '', 60), shortened(external_id ?? '', 60), created_at.slice(0, 10)];
}
