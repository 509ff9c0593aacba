import { Command, Option } from 'commander';
import { z } from 'zod';
import { SCOPES } from '../../../domain/access/tenant.ts';
import { idPattern, type KeyId } from '../../../domain/shared/ids.ts';
import { endUserId } from '../../../http/kernel/schemas/id-schemas.ts';
import { parseWith } from '../lib/options.ts';
import { withAccessStores } from './access-stores.ts';
import { type CreateOptions, createKey, type JsonOption, listKeys, revokeKey, rotateKey } from './key-actions.ts';

const projectName = z.string().trim().min(1, 'must not be empty').max(100, 'must have at most 100 characters');
const KEY_ID_FORM = 'must be a key id: key_ and 26 characters';
const keyId = z
  .templateLiteral(['key_', z.string()], KEY_ID_FORM)
  .refine((id) => idPattern('key').test(id), KEY_ID_FORM);
const scopeList = z
  .string()
  .transform((list) => list.split(','))
  .pipe(z.array(z.enum(SCOPES, `takes scopes out of ${SCOPES.join(', ')}`)));

/** `ask keys`: the API keys, read and written in the database. */
export function keysCommand(): Command {
  const command = new Command('keys').description('create, list, rotate and revoke API keys');
  addCreate(command);
  command
    .command('list')
    .description('list keys, revoked ones too')
    .option('--project <name>', 'only the keys of this project', parseWith(projectName))
    .option('--json', 'print one JSON object')
    .action((options: JsonOption & { project?: string }) => withAccessStores((stores) => listKeys(stores, options)));
  onOneKey(command, 'revoke', 'revoke a key; from now on it is refused', revokeKey);
  onOneKey(command, 'rotate', 'create a successor; the old key works until you revoke it', rotateKey);
  return command;
}

function addCreate(command: Command): void {
  command
    .command('create')
    .description('create a key, and its project if that is new; the key is shown only now')
    .requiredOption('--project <name>', 'the project of the key', parseWith(projectName))
    .addOption(new Option('--mode <mode>', 'which data the key sees').choices(['test', 'live']).makeOptionMandatory())
    .option('--end-user <id>', 'restrict the key to this end user', parseWith(endUserId))
    .option(
      '--scopes <list>',
      `restrict the key to these, separated by commas: ${SCOPES.join(', ')}`,
      parseWith(scopeList),
    )
    .option('--json', 'print one JSON object')
    .action((options: CreateOptions) => withAccessStores((stores) => createKey(stores, options)));
}

function onOneKey(command: Command, name: string, description: string, action: typeof revokeKey): void {
  command
    .command(name)
    .description(description)
    .argument('<id>', 'key id', parseWith(keyId))
    .option('--json', 'print one JSON object')
    .action((id: KeyId, options: JsonOption) => withAccessStores((stores) => action(stores, id, options)));
}
