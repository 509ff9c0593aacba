import type { Chunk } from '../../src/domain/library/chunk.ts';
import { chunkIdOf } from '../../src/domain/library/chunking.ts';
import type { Digest } from '../../src/domain/shared/digest.ts';
import { AskError, notFound } from '../../src/domain/shared/errors.ts';
import type { ChunkId } from '../../src/domain/shared/ids.ts';
import type { TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { EndUserTenant, PassageRetriever } from '../../src/ports/library/passage-retriever.ts';
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

/** Turns of others read from the same database, and over the same connections. */
const READ_AT_ONCE = 16;

/**
 * Brings a range of chunks into the index, with the date that their recording has. Idempotent on the chunks' ids.
 * @throws AskError `not_found` when they were deleted in the meantime; then the index does not hold them either
 */
export function indexChunks(deps: IndexDependencies) {
  return async (range: ChunkRange): Promise<void> => {
    await indexRange(deps, range);
  };
}

/** The same for whoever wants to know what was written. */
export async function indexRange(deps: IndexDependencies, range: ChunkRange): Promise<Chunk[]> {
  const { tenant, transcriptionId } = range;
  const ids = chunkIds(range, deps.digest);
  for (let written: string | null | undefined; ; ) {
    const chunks = await readChunks(deps, tenant, ids);
    // Fewer than were stored: deleted in the meantime, and deleting wins.
    if (chunks.length < ids.length || (await isGone(deps, range))) {
      // Whichever attempt wrote them: one that died has left nobody else to look again.
      await deps.retriever.remove(tenant, ids);
      throw notFound('transcription', transcriptionId);
    }
    // All are of one recording. Its date may have changed while the index took them, so it is compared with what was written.
    const date = chunks[0]?.recordedAt;
    if (chunks.length === 0 || date === written) return chunks;
    await deps.retriever.upsert(tenant, chunks);
    written = date;
  }
}

async function readChunks({ transcripts }: IndexDependencies, tenant: EndUserTenant, ids: readonly ChunkId[]) {
  const read: Chunk[] = [];
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    read.push(...(await transcripts.chunks(tenant, ids.slice(from, from + READ_AT_ONCE))));
  }
  return read;
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

/** Deleted, or replaced: both are noted before the passages are removed from the index. */
export async function isGone(
  { transcripts }: Pick<IndexDependencies, 'transcripts'>,
  { tenant, transcriptionId }: ChunkRange,
): Promise<boolean> {
  const found = await transcripts.find(tenant, transcriptionId);
  return found === null || found.status === 'replaced';
}

export function chunkIds({ transcriptionId, from, count }: ChunkRange, digest: Digest): ChunkId[] {
  return Array.from({ length: count }, (_, i) => chunkIdOf(transcriptionId, from + i, digest));
}
