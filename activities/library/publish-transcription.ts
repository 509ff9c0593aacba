import { outdatedImports } from '../../src/domain/library/import-order.ts';
import { notFound } from '../../src/domain/shared/errors.ts';
import type { TranscriptionId } from '../../src/domain/shared/ids.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ImportStore, RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import { settleRecording } from '../../src/use-cases/library/settle-recording.ts';
import type { TranscriptionInput } from './chunk-transcript.ts';

export interface PublishDependencies {
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  imports: ImportStore;
  clock: Clock;
}

/** A transcription whose words nobody reads any more, and the one that serves in its place. */
export interface Replaced {
  transcriptionId: TranscriptionId;
  by: TranscriptionId;
}

/**
 * Completes an import. Which import serves follows from their order: this one may already be outdated. @returns what is
 * to be retired: the completed imports that the recording, read back, does not name.
 */
export function publishTranscription({ recordings, transcripts, imports, clock }: PublishDependencies) {
  return async ({ tenant, transcriptionId }: TranscriptionInput): Promise<Replaced[]> => {
    const transcription = await transcripts.find(tenant, transcriptionId);
    if (transcription === null) throw notFound('transcription', transcriptionId);
    // A sweep may have taken it for interrupted while its API was frozen.
    if (transcription.status === 'processing' || transcription.status === 'failed') {
      await transcripts.markCompleted(tenant, transcriptionId, clock.now().toISOString());
    }
    // Only what this fact tells counts: it is inserted once, whoever else writes to the transcription.
    await imports.note(transcription, 'completed');
    const settled = await settleRecording({ recordings, imports }, tenant, transcription.recordingId);
    if (settled === null) throw notFound('transcription', transcriptionId);
    const { transcriptionId: by } = settled.recording;
    if (by === null) return [];
    return outdatedImports(settled.imports, by).map((replaced) => ({ transcriptionId: replaced, by }));
  };
}

/** Ends an import that cannot succeed. A recording that already had a transcript keeps it. */
export function failTranscription({ recordings, transcripts, imports }: PublishDependencies) {
  return async ({ tenant, transcriptionId, error }: TranscriptionInput & { error: string }): Promise<void> => {
    const transcription = await transcripts.find(tenant, transcriptionId);
    if (transcription === null) return;
    await transcripts.markFailed(tenant, transcriptionId, error);
    await settleRecording({ recordings, imports }, tenant, transcription.recordingId);
  };
}
