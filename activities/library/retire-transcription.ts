import { chunkIdOf } from '../../src/domain/library/chunking.ts';
import type { Digest } from '../../src/domain/shared/digest.ts';
import type { TranscriptionId } from '../../src/domain/shared/ids.ts';
import type { ImportStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { PassageRetriever } from '../../src/ports/library/passage-retriever.ts';
import type { TranscriptionInput } from './chunk-transcript.ts';

export interface RetireDependencies {
  transcripts: TranscriptStore;
  imports: ImportStore;
  retriever: PassageRetriever;
  digest: Digest;
}

export interface RetireInput extends TranscriptionInput {
  /** What serves in its place; unset for one that was deleted. */
  by?: TranscriptionId;
  /** How many chunks it may have in the index. The database may not know any more. */
  chunks?: number;
}

/**
 * Removes a transcription's passages from the index, and its words from the database. It says `replaced` before its
 * words go, so that no reader finds it completed and empty.
 */
export function retireTranscription({ transcripts, imports, retriever, digest }: RetireDependencies) {
  return async ({ tenant, transcriptionId, by, chunks = 0 }: RetireInput): Promise<void> => {
    const transcription = await transcripts.find(tenant, transcriptionId);
    if (transcription !== null && by !== undefined) await imports.note(transcription, 'replaced', by);
    const known = await transcripts.chunkIdsOf(tenant, transcriptionId);
    const derived = Array.from({ length: chunks }, (_, index) => chunkIdOf(transcriptionId, index, digest));
    await retriever.remove(tenant, [...new Set([...known, ...derived])]);
    await transcripts.purgeWords(tenant, transcriptionId);
    if (transcription !== null && by !== undefined) await imports.note(transcription, 'retired');
  };
}
