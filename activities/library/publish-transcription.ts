import type { TranscriptOutline } from '../../src/domain/library/recording.ts';
import type { Transcription } from '../../src/domain/library/transcript.ts';
import { notFound } from '../../src/domain/shared/errors.ts';
import type { TranscriptionId } from '../../src/domain/shared/ids.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { PassageRetriever } from '../../src/ports/library/passage-retriever.ts';
import type { TranscriptionInput } from './chunk-transcript.ts';

export interface TranscriptionDependencies {
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  retriever: PassageRetriever;
  clock: Clock;
}

/**
 * Makes the transcription the one that readers see, in one write to the recording: before it all searches read the old
 * one, after it all read the new one. @returns the transcriptions that nobody sees any more.
 */
export function publishTranscription({ recordings, transcripts, clock }: TranscriptionDependencies) {
  return async ({ tenant, transcriptionId }: TranscriptionInput): Promise<TranscriptionId[]> => {
    const transcription = await transcripts.find(tenant, transcriptionId);
    const recording = transcription && (await recordings.find(tenant, transcription.recordingId));
    if (!recording) throw notFound('transcription', transcriptionId);
    const current = await transcripts.currentOf(recording);
    if (current?.status === 'completed' && current.createdAt > transcription.createdAt) return [transcriptionId];
    await transcripts.markCompleted(tenant, transcriptionId, clock.now().toISOString());
    await recordings.update(tenant, recording.id, {
      status: 'completed',
      durationMs: transcription.durationMs,
      transcriptionId,
      outline: outlineOf(transcription),
    });
    const all = await transcripts.idsOf(tenant, recording.id);
    const others = await Promise.all(
      all.filter((id) => id !== transcriptionId).map((id) => transcripts.find(tenant, id)),
    );
    // A newer one that is still being indexed will replace this one in its turn.
    return others.flatMap((other) => (other !== null && other.createdAt <= transcription.createdAt ? [other.id] : []));
  };
}

/** Removes a transcription's passages from the index, then everything of it from the database. */
export function retireTranscription({ transcripts, retriever }: TranscriptionDependencies) {
  return async ({ tenant, transcriptionId }: TranscriptionInput): Promise<void> => {
    await retriever.remove(tenant, await transcripts.chunkIdsOf(tenant, transcriptionId));
    await transcripts.purge(tenant, transcriptionId);
  };
}

/** Ends an import that cannot succeed. A recording that already had a transcript keeps it. */
export function failTranscription({ recordings, transcripts }: TranscriptionDependencies) {
  return async ({ tenant, transcriptionId, error }: TranscriptionInput & { error: string }): Promise<void> => {
    const transcription = await transcripts.find(tenant, transcriptionId);
    if (transcription === null) return;
    await transcripts.markFailed(tenant, transcriptionId, error);
    const recording = await recordings.find(tenant, transcription.recordingId);
    const replaces = recording !== null && recording.transcriptionId !== transcriptionId;
    await recordings.update(tenant, transcription.recordingId, { status: replaces ? 'completed' : 'failed' });
  };
}

/** Null where nothing was counted, as in imports of 0.1.0. */
function outlineOf({ tokenCount: tokens, chunkCount: passages, speakers }: Transcription): TranscriptOutline | null {
  return tokens === null || passages === null || speakers === null ? null : { tokens, passages, speakers };
}
