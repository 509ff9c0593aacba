import type { Passage } from '../../domain/answering/context/choose-passages.ts';
import { speaksAs } from '../../domain/answering/context/library-recording.ts';
import { tokensOfLines } from '../../domain/answering/context/shown-lines.ts';
import type { DropReason, TraceCandidate } from '../../domain/ask/trace.ts';
import type { RecordingId, TranscriptionId } from '../../domain/shared/ids.ts';
import type { ReadableChunk, TranscriptStore } from '../../ports/library/library-store.ts';
import type { EndUserTenant, PassageHit, PassageRetriever } from '../../ports/library/passage-retriever.ts';

export interface ContextSources {
  retriever: Pick<PassageRetriever, 'search'>;
  transcripts: Pick<TranscriptStore, 'chunks'>;
  countTokens(text: string): number;
}

export interface Found {
  /** What may be shown, best first. */
  passages: Passage[];
  /** All that the index proposed. Those among `passages` may still find no room. */
  candidates: TraceCandidate[];
}

export interface CandidateQuery {
  /** The wordings to search for. */
  queries: readonly string[];
  /** Unset: the index is asked for all of the scope. */
  recordingIds?: readonly RecordingId[];
  /** Transcriptions that may be shown. */
  among: ReadonlySet<TranscriptionId>;
  /** Text is read while there is room for it, in tokens. */
  limit: number;
  /** Whose lines alone are shown. */
  only: readonly string[] | undefined;
  /** Passages in which one of these people speaks come before the others. */
  first: readonly string[];
}

/** As many as an index gives at once: more than any budget holds. */
const CANDIDATES = 100;
/** Chunks are read so many at a time. */
const READ_AT_ONCE = 25;

/** Searches the index, and reads how much room each passage takes; what the database no longer has is left out. */
export async function findCandidates(
  { retriever, transcripts, countTokens }: ContextSources,
  tenant: EndUserTenant,
  { queries: texts, recordingIds, among, limit, only, first }: CandidateQuery,
): Promise<Found> {
  const hits = await retriever.search(tenant, { texts, limit: CANDIDATES, ...(recordingIds && { recordingIds }) });
  const dropped = new Map<PassageHit, DropReason>();
  const read: (Passage & { speakers: (string | null)[] })[] = [];
  let tokens = 0;
  for (let from = 0; from < hits.length; from += READ_AT_ONCE) {
    const part = hits.slice(from, from + READ_AT_ONCE);
    if (tokens >= limit) {
      for (const hit of part) dropped.set(hit, 'budget');
      continue;
    }
    const ids = part.map(({ chunkId }) => chunkId);
    const chunks = new Map((await transcripts.chunks(tenant, ids)).map((chunk) => [chunk.id, chunk]));
    for (const hit of part) {
      const chunk = chunks.get(hit.chunkId);
      const reason = reasonAgainst(chunk, among);
      const passage = chunk && passageOf(chunk, hit.score, only, countTokens);
      if (passage === undefined || reason !== null) dropped.set(hit, reason ?? 'deleted');
      else if (passage.tokens === 0) dropped.set(hit, 'speaker');
      else {
        read.push(passage);
        tokens += passage.tokens;
      }
    }
  }
  const speaks = speaksAs(first);
  const isSpoken = ({ speakers }: (typeof read)[number]) => speakers.some(speaks);
  return {
    passages: first.length === 0 ? read : [...read.filter(isSpoken), ...read.filter((each) => !isSpoken(each))],
    candidates: hits.map((hit) => candidateOf(hit, dropped.get(hit) ?? null)),
  };
}

function reasonAgainst(chunk: ReadableChunk | undefined, among: ReadonlySet<TranscriptionId>): DropReason | null {
  if (chunk === undefined) return 'deleted';
  if (chunk.recording.transcriptionId !== chunk.transcriptionId) return 'replaced';
  return among.has(chunk.transcriptionId) ? null : 'out_of_scope';
}

function passageOf(
  { id, transcriptionId, index, lines, tokens }: ReadableChunk,
  score: number,
  only: readonly string[] | undefined,
  countTokens: (text: string) => number,
) {
  const shown = only === undefined ? lines : lines.filter(({ speaker }) => speaksAs(only)(speaker));
  const size = only === undefined && tokens !== null ? tokens : tokensOfLines(shown, countTokens);
  return { id, transcriptionId, index, tokens: size, score, speakers: shown.map(({ speaker }) => speaker) };
}

function candidateOf({ chunkId, recordingId, score, dense, sparse }: PassageHit, reason: DropReason | null) {
  return { chunkId, recordingId, scores: { fused: score, dense, sparse }, dropped: reason };
}
