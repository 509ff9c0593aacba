import { Command } from 'commander';
import { z } from 'zod';
import type { RecordingId } from '../../../domain/shared/ids.ts';
import { recordingId } from '../../../http/kernel/schemas/id-schemas.ts';
import type { PatchRecording } from '../../sdk/wire-types.ts';
import { UsageError } from '../lib/failure.ts';
import { type ClientOptions, openClient, withClientOptions } from '../lib/open-client.ts';
import { dayOrInstant, parseWith } from '../lib/options.ts';
import { print, printJson } from '../lib/output.ts';

interface UpdateOptions extends ClientOptions {
  name?: string;
  startedAt?: Time;
  endedAt?: Time;
}

type Time = z.output<typeof timeOrNone>;

const recordingName = z.string().trim().min(1, 'must not be empty').max(255, 'must have at most 255 characters');

const NONE = 'none';
const timeOrNone = z.union([z.literal(NONE), dayOrInstant], {
  error: `must be ${NONE}, a day such as 2026-05-12, or a date and time with an offset, such as 2026-05-12T09:30:00Z`,
});

/** `ask recordings update`: gives a recording another name or other dates. */
export function updateRecordingCommand(): Command {
  return withClientOptions(new Command('update'))
    .description('rename a recording, or change when its meeting was')
    .argument('<id>', 'recording id', parseWith(recordingId))
    .option('--name <name>', 'its new name', parseWith(recordingName))
    .option(
      '--started-at <time>',
      `when the meeting began: a day or a time; ${NONE} takes it away`,
      parseWith(timeOrNone),
    )
    .option('--ended-at <time>', `when the meeting ended, likewise`, parseWith(timeOrNone))
    .action(update);
}

async function update(id: RecordingId, { name, startedAt, endedAt, ...options }: UpdateOptions): Promise<void> {
  const changes: PatchRecording = {
    ...(name !== undefined && { name }),
    ...(startedAt !== undefined && { started_at: timeOf(startedAt) }),
    ...(endedAt !== undefined && { ended_at: timeOf(endedAt) }),
  };
  if (Object.keys(changes).length === 0) {
    throw new UsageError('Nothing would change. Say what is new with --name, --started-at or --ended-at.');
  }
  const { client } = await openClient(options);
  const recording = await client.patchRecording(id, changes);
  if (options.json) printJson(recording);
  else print(`${id} is “${recording.name ?? id}” now, ${recording.started_at ?? 'without a date'}.`);
}

function timeOf(time: Time): string | null {
  return time === NONE ? null : time;
}
