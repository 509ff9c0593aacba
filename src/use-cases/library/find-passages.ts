import type { Tenant } from '../../domain/access/tenant.ts';
import type { ContextReference, ScopeReference } from '../../domain/answering/context-reference.ts';
import type { Chunk } from '../../domain/library/chunk.ts';
import type { Source } from '../../domain/library/source.ts';
import type { DateChangeStore } from '../../ports/library/date-change-store.ts';
import type { TranscriptStore } from '../../ports/library/library-store.ts';
import type { EndUserTenant, PassageQuery, PassageRetriever } from '../../ports/library/passage-retriever.ts';

export interface Library {
  retriever: PassageRetriever;
  dateChanges: Pick<DateChangeStore, 'list'>;
  transcripts: TranscriptStore;
}

/**
 * Passages for a query, best first. The index only proposes: text is read from the database, which decides whether the
 * passage is still there, still this end user's, still of the transcription that readers see, and of a date that was asked for.
 */
export async function findSources(library: Library, tenant: EndUserTenant, query: PassageQuery): Promise<Source[]> {
  const isDated = query.recordedAfter !== undefined || query.recordedBefore !== undefined;
  const changes = isDated ? await library.dateChanges.list(tenant) : [];
  const redated = changes.map(({ recordingId }) => recordingId);
  const hits = await library.retriever.search(tenant, redated.length === 0 ? query : { ...query, redated });
  const scores = new Map(hits.map((hit) => [hit.chunkId, hit.score]));
  const chunks = await library.transcripts.chunks(
    tenant,
    hits.map((hit) => hit.chunkId),
  );
  return chunks
    .filter(({ recording, transcriptionId }) => recording.transcriptionId === transcriptionId)
    .filter(({ recordedAt }) => isWithin(recordedAt, query))
    .map((chunk) => sourceOf(chunk, scores.get(chunk.id) ?? 0))
    .sort((a, b) => b.score - a.score);
}

/** Undated recordings lie in no window. */
function isWithin(recordedAt: string | null, { recordedAfter, recordedBefore }: PassageQuery): boolean {
  if (recordedAfter === undefined && recordedBefore === undefined) return true;
  if (recordedAt === null) return false;
  return (
    (recordedAfter === undefined || recordedAt >= recordedAfter) &&
    (recordedBefore === undefined || recordedAt < recordedBefore)
  );
}

/** The passages of a reference as sources, in its order; what was deleted since is left out. */
export async function sourcesOf(
  transcripts: Pick<TranscriptStore, 'chunks'>,
  tenant: Tenant,
  context: ContextReference,
): Promise<Source[]> {
  if (context.kind === 'transcript') return [];
  return asSources(await transcripts.chunks(tenant, context.chunkIds), context);
}

/** Chunks of a reference with the scores that stand in it. */
export function asSources(
  chunks: readonly Chunk[],
  { chunkIds, scores }: Pick<ScopeReference, 'chunkIds' | 'scores'>,
): Source[] {
  const scoreOf = new Map(chunkIds.map((id, index) => [id, scores[index] ?? 0]));
  return chunks.map((chunk) => sourceOf(chunk, scoreOf.get(chunk.id) ?? 0));
}

/** A chunk as a source of this relevance. */
export function sourceOf(chunk: Chunk, score: number): Source {
  const { id, recordingId, transcriptionId, text, speaker, startMs, endMs, recordedAt } = chunk;
  return { chunkId: id, recordingId, transcriptionId, text, speaker, startMs, endMs, recordedAt, score };
}
