import { Command, Option } from 'commander';
import { RECORDING_STATUSES } from '../../../domain/library/recording.ts';
import { timecode } from '../../../domain/shared/timecode.ts';
import { endUserId } from '../../../http/kernel/schemas/id-schemas.ts';
import type { Recording } from '../../sdk/wire-types.ts';
import { type ClientOptions, openClient, withClientOptions } from '../lib/open-client.ts';
import { dayOrInstant, parseWith } from '../lib/options.ts';
import { print, printJson, shortened, table } from '../lib/output.ts';
import { noteLength, readList, withLimit } from '../lib/read-list.ts';
import { updateRecordingCommand } from './update-recording-command.ts';

interface RecordingsOptions extends ClientOptions {
  endUser?: string;
  name?: string;
  status?: string;
  after?: string;
  before?: string;
  order: string;
  limit: number;
}

/** `ask recordings`: the recordings that a key may see, their names and their dates. */
export function recordingsCommand(): Command {
  const command = new Command('recordings').alias('recording').description('list recordings, or rename and date one');
  withClientOptions(withLimit(command.command('list', { isDefault: true })))
    .description('list recordings, newest first')
    .option('--end-user <id>', 'only those of this end user', parseWith(endUserId))
    .option('--name <text>', 'only those with this text in their name')
    .addOption(new Option('--status <status>', 'only those in this state').choices(RECORDING_STATUSES))
    .option('--after <time>', 'only those of meetings from this day or time on', parseWith(dayOrInstant))
    .option('--before <time>', 'only those of meetings before this day or time', parseWith(dayOrInstant))
    .addOption(
      new Option('--order <order>', 'newest by when it was added, or by its meeting')
        .choices(['created_at', 'recorded_at'])
        .default('created_at'),
    )
    .action(listRecordings);
  return command.addCommand(updateRecordingCommand());
}

async function listRecordings(options: RecordingsOptions): Promise<void> {
  const { endUser, name, status, after, before, order, limit } = options;
  const { client } = await openClient(options);
  const query = { end_user_id: endUser, q: name, status, recorded_after: after, recorded_before: before, order };
  const list = await readList(client.recordings, limit, query);
  if (options.json) return printJson(list);
  print(table([['ID', 'NAME', 'RECORDED', 'LENGTH', 'STATUS'], ...list.data.map(rowOf)]));
  noteLength(list);
}

function rowOf({ id, name, started_at, duration_ms, status }: Recording): string[] {
  const recorded = started_at?.slice(0, 16).replace('T', ' ') ?? '';
  return [id, shortened(name ?? '', 60), recorded, duration_ms === null ? '' : timecode(duration_ms), status];
}
