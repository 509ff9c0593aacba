import { chunkIdOf } from '../../src/domain/library/chunking.ts';
import type { Digest } from '../../src/domain/shared/digest.ts';
import { AskError, notFound } from '../../src/domain/shared/errors.ts';
import type { ChunkId } from '../../src/domain/shared/ids.ts';
import type { TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { PassageRetriever } from '../../src/ports/library/passage-retriever.ts';
import type { TranscriptionInput } from './chunk-transcript.ts';

export interface ChunkRange extends TranscriptionInput {
  /** First chunk, from 0, and how many. */
  from: number;
  count: number;
}

export interface IndexDependencies {
  transcripts: TranscriptStore;
  retriever: PassageRetriever;
  digest: Digest;
}

/** Brings a range of chunks into the index, and takes them out again when they were deleted meanwhile. Idempotent on the chunks' ids. */
export function indexChunks(deps: IndexDependencies) {
  return async (range: ChunkRange): Promise<void> => {
    const ids = chunkIds(range, deps.digest);
    const chunks = await deps.transcripts.chunks(range.tenant, ids);
    // Fewer than were stored: deleted in the meantime, and deleting wins.
    if (chunks.length < ids.length || (await isGone(deps, range)))
      throw notFound('transcription', range.transcriptionId);
    await deps.retriever.upsert(range.tenant, chunks);
    // It may have been deleted while the index took them, and its erasure may have looked before they were there.
    if (!(await isGone(deps, range))) return;
    await deps.retriever.remove(range.tenant, ids);
    throw notFound('transcription', range.transcriptionId);
  };
}

/** Fails, to be retried, until the index serves every chunk of the range: the index is eventually consistent. */
export function verifyChunks(deps: IndexDependencies) {
  return async (range: ChunkRange): Promise<void> => {
    const missing = await deps.retriever.missing(range.tenant, chunkIds(range, deps.digest));
    if (missing.length === 0) return;
    if (await isGone(deps, range)) throw notFound('transcription', range.transcriptionId);
    throw new AskError('unavailable', `The index does not serve ${missing.length} of ${range.count} passages yet.`);
  };
}

async function isGone(deps: IndexDependencies, { tenant, transcriptionId }: ChunkRange): Promise<boolean> {
  return (await deps.transcripts.find(tenant, transcriptionId)) === null;
}

function chunkIds({ transcriptionId, from, count }: ChunkRange, digest: Digest): ChunkId[] {
  return Array.from({ length: count }, (_, i) => chunkIdOf(transcriptionId, from + i, digest));
}
