import { chunkIdOf } from '../../../src/domain/library/chunking.ts';
import { AskError } from '../../../src/domain/shared/errors.ts';
import type { ImportStore } from '../../../src/ports/library/library-store.ts';
import { settleRecording } from '../../../src/use-cases/library/settle-recording.ts';
import { type ChunkDependencies, chunkTranscript, type TranscriptionInput } from '../chunk-transcript.ts';
import { type IndexDependencies, indexChunks } from '../index-chunks.ts';

export type RecutDependencies = ChunkDependencies & IndexDependencies & { imports: ImportStore };

/** Passages that the index takes at once. */
const PASSAGES = 192;

/**
 * Cuts a transcript of 0.1.0 anew, so that its chunks keep the speaker and the end of each line, and brings them to the index
 * that serves. Idempotent. @returns how many chunks it has now; 0 when it was deleted
 */
export function recutTranscript(deps: RecutDependencies) {
  return async (input: TranscriptionInput): Promise<number> => {
    try {
      return await recut(deps, input);
    } catch (error) {
      if (error instanceof AskError && error.kind === 'not_found') return 0;
      throw error;
    }
  };
}

async function recut(deps: RecutDependencies, { tenant, transcriptionId }: TranscriptionInput): Promise<number> {
  const { transcripts, retriever, digest } = deps;
  const transcription = await transcripts.find(tenant, transcriptionId);
  if (transcription === null || transcription.status !== 'completed') return 0;
  const before = await transcripts.chunkIdsOf(tenant, transcriptionId);
  const replacing = { ...transcripts, putChunks: transcripts.replaceChunks };
  const total = await chunkTranscript({ ...deps, transcripts: replacing })({ tenant, transcriptionId });
  const now = new Set(Array.from({ length: total }, (_, i) => chunkIdOf(transcriptionId, i, digest)));
  const left = before.filter((id) => !now.has(id));
  await retriever.remove(tenant, left);
  await transcripts.removeChunks(tenant, left);
  for (let from = 0; from < total; from += PASSAGES) {
    await indexChunks(deps)({ tenant, transcriptionId, from, count: Math.min(PASSAGES, total - from) });
  }
  await settleRecording(deps, tenant, transcription.recordingId);
  return total;
}
