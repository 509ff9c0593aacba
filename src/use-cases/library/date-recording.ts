import type { Recording } from '../../domain/library/recording.ts';
import { reviseRecording } from './revise-recording.ts';

type DateDependencies = Parameters<typeof reviseRecording>[0];

/** Gives a recording the date that its transcript says, where nobody gave it one. */
export async function dateRecording(
  deps: DateDependencies,
  { id, ...owner }: Pick<Recording, 'id' | 'projectId' | 'mode' | 'endUserId'>,
  recordedAt: string | null,
): Promise<void> {
  if (recordedAt === null) return;
  // Somebody may have said it while the transcript was read.
  const recording = await deps.recordings.find(owner, id);
  if (recording === null || recording.startedAt !== null) return;
  const { endedAt } = recording;
  if (endedAt !== null && endedAt < recordedAt) return;
  await reviseRecording(deps, recording, { startedAt: recordedAt }, { ifUndated: true });
}
