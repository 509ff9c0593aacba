import { reviseRecording } from './revise-recording.ts';

type DateDependencies = Parameters<typeof reviseRecording>[0];

/** Gives a recording the date that its transcript says, where nobody gave it one. */
export async function dateRecording(
  deps: DateDependencies,
  recording: Parameters<typeof reviseRecording>[1],
  recordedAt: string | null,
): Promise<void> {
  if (recordedAt === null) return;
  // Somebody may say it, or an end before it, while the transcript is read.
  await reviseRecording(deps, recording, ({ startedAt, endedAt }) =>
    startedAt !== null || (endedAt !== null && endedAt < recordedAt) ? {} : { startedAt: recordedAt },
  );
}
