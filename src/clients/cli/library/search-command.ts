import { Command } from 'commander';
import type { EndUserId, RecordingId } from '../../../domain/shared/ids.ts';
import { timecode } from '../../../domain/shared/timecode.ts';
import { endUserId, recordingId } from '../../../http/kernel/schemas/id-schemas.ts';
import { type ClientOptions, openClient, withClientOptions } from '../lib/open-client.ts';
import { countUpTo, dayOrInstant, parseWith } from '../lib/options.ts';
import { note, print, printJson, shortened } from '../lib/output.ts';
import { recordingNames } from './recording-names.ts';

interface SearchOptions extends ClientOptions {
  endUser?: EndUserId;
  recording?: RecordingId[];
  after?: string;
  before?: string;
  limit?: number;
}

const EXCERPT_LENGTH = 300;

/** `ask search`: passages of what was said. */
export function searchCommand(): Command {
  return withClientOptions(new Command('search'))
    .description('search what was said, best passages first')
    .argument('<text>', 'what to look for')
    .option('--end-user <id>', 'whose library (default: the demo end user)', parseWith(endUserId))
    .option('--recording <id>', 'only in this recording; may be repeated', collect)
    .option('--after <time>', 'only in meetings from this day or time on', parseWith(dayOrInstant))
    .option('--before <time>', 'only in meetings before this day or time', parseWith(dayOrInstant))
    .option('--limit <n>', 'how many passages, at most 50 (default: 8)', countUpTo(50))
    .action(search);
}

async function search(text: string, options: SearchOptions): Promise<void> {
  const { endUser, recording, after, before, limit } = options;
  const { client, endUserId: demoEndUser } = await openClient(options);
  const owner = endUser ?? demoEndUser;
  const found = await client.search({
    query: text,
    ...(owner !== null && { end_user_id: owner }),
    ...(recording !== undefined && { recording_ids: recording }),
    ...(after !== undefined && { recorded_after: after }),
    ...(before !== undefined && { recorded_before: before }),
    ...(limit !== undefined && { limit }),
  });
  if (options.json) return printJson(found);
  if (found.results.length === 0) return note('Nothing that was said matches.');
  const nameOf = recordingNames(client);
  for (const [i, { recording_id, start_ms, chunk_text }] of found.results.entries()) {
    if (i > 0) print('');
    print(`${await nameOf(recording_id)} ${timecode(start_ms)} (${recording_id})`);
    print(`  ${shortened(fromBestLine(chunk_text, text), EXCERPT_LENGTH)}`);
  }
}

/** A passage from the line on that holds most of the words that were looked for. */
function fromBestLine(passage: string, query: string): string {
  const words = new Set(query.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));
  const lines = passage.split('\n');
  const counts = lines.map((line) => [...words].filter((word) => line.toLowerCase().includes(word)).length);
  return lines.slice(counts.indexOf(Math.max(...counts))).join('\n');
}

function collect(value: string, before: RecordingId[] = []): RecordingId[] {
  return [...before, parseWith(recordingId)(value)];
}
