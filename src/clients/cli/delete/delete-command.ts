import { Command } from 'commander';
import type { ApiClient } from '../../sdk/api-client.ts';
import { EXIT, sentenceOf, UsageError } from '../lib/failure.ts';
import { type ClientOptions, openClient, withClientOptions } from '../lib/open-client.ts';
import { parseWith } from '../lib/options.ts';
import { note, print, printJson } from '../lib/output.ts';
import { canBeAsked, confirm } from './confirm.ts';
import { type DeletableId, deletableId } from './deletable-id.ts';
import { describeLoss } from './describe-loss.ts';

interface DeleteOptions extends ClientOptions {
  yes?: true;
}

/** What became of one id, as `--json` shows it. What is `deleting` can no longer be read, and is erased in the background. */
interface Outcome {
  id: DeletableId;
  status: 'deleted' | 'deleting' | 'failed';
  error: string | null;
}

/** `ask delete`: erases recordings, sessions and end users, once somebody has said yes. */
export function deleteCommand(): Command {
  return withClientOptions(new Command('delete'))
    .description('delete recordings, sessions or end users, with all that belongs to them')
    .argument('<id...>', 'ids that start with rec_, as_ or eu_', collect)
    .option('-y, --yes', 'delete without asking; needed where nobody can be asked')
    .action(deleteAll);
}

async function deleteAll(given: DeletableId[], options: DeleteOptions): Promise<void> {
  const ids = [...new Set(given)];
  if (!options.yes && !canBeAsked()) {
    throw new UsageError('Nobody can be asked here whether to delete. Add --yes to delete without asking.');
  }
  const { client } = await openClient(options);
  // All are looked up first: one that is not there must not leave half of them deleted.
  const losses: string[] = [];
  for (const id of ids) losses.push(await describeLoss(client, id));
  if (!options.json || !options.yes) note(losses.map((loss) => `Delete ${loss}`).join('\n'));
  if (!options.yes && !(await confirm('This cannot be undone. Type yes to delete: '))) {
    note('Nothing was deleted.');
    process.exitCode = EXIT.failure;
    return;
  }
  const outcomes: Outcome[] = [];
  for (const id of ids) outcomes.push(await deleteOne(client, id));
  if (options.json) printJson({ deleted: outcomes });
  else for (const outcome of outcomes) show(outcome);
  if (outcomes.some(({ status }) => status === 'failed')) process.exitCode = EXIT.failure;
}

async function deleteOne(client: ApiClient, id: DeletableId): Promise<Outcome> {
  try {
    if (id.startsWith('rec_')) await client.deleteRecording(id);
    else if (id.startsWith('eu_')) await client.deleteEndUser(id);
    else await client.deleteSession(id);
    return { id, status: id.startsWith('as_') ? 'deleted' : 'deleting', error: null };
  } catch (error) {
    return { id, status: 'failed', error: sentenceOf(error) };
  }
}

function show({ id, status, error }: Outcome): void {
  if (status === 'failed') note(`error: ${id}: ${error}`);
  else print(status === 'deleted' ? `${id} is deleted.` : `${id} is deleted; its data is being erased.`);
}

function collect(value: string, before: DeletableId[] = []): DeletableId[] {
  return [...before, parseWith(deletableId)(value)];
}
