import { tokensOfLines } from '../../src/domain/answering/context/shown-lines.ts';
import type { Chunk } from '../../src/domain/library/chunk.ts';
import { chunkTranscript as chunk } from '../../src/domain/library/chunking.ts';
import type { TranscriptOutline } from '../../src/domain/library/recording.ts';
import type { Digest } from '../../src/domain/shared/digest.ts';
import { notFound } from '../../src/domain/shared/errors.ts';
import type { TranscriptionId } from '../../src/domain/shared/ids.ts';
import type { RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { EndUserTenant } from '../../src/ports/library/passage-retriever.ts';
import { yieldCooperatively } from '../../src/runtime/cooperative-yield.ts';
import { withHeartbeat } from '../lib/heartbeat.ts';

export interface TranscriptionInput {
  tenant: EndUserTenant;
  transcriptionId: TranscriptionId;
}

export interface ChunkDependencies {
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  digest: Digest;
  countTokens(text: string): number;
}

/** A transcript of more people is one whose labels are no names. */
const MOST_SPEAKERS = 50;

/**
 * Counts the transcript's tokens, cuts it into chunks, and stores both. Idempotent: chunk ids follow from the
 * transcription's. @returns how many chunks.
 */
export function chunkTranscript(deps: ChunkDependencies, { heartbeat }: { heartbeat(): void }) {
  return (input: TranscriptionInput): Promise<number> => withHeartbeat(heartbeat, () => cutIntoChunks(deps, input));
}

async function cutIntoChunks(
  deps: ChunkDependencies,
  { tenant, transcriptionId }: TranscriptionInput,
): Promise<number> {
  const transcription = await deps.transcripts.find(tenant, transcriptionId);
  const recording = transcription && (await deps.recordings.find(tenant, transcription.recordingId));
  if (!recording) throw notFound('transcription', transcriptionId);
  const segments = await deps.transcripts.segments(tenant, transcriptionId);
  const owner = { ...tenant, recordingId: recording.id, transcriptionId, recordedAt: recording.startedAt };
  const chunks: Chunk[] = [];
  for await (const next of yieldCooperatively(chunk(segments, owner, deps.digest))) {
    chunks.push({ ...next, tokens: tokensOfLines(next.lines, deps.countTokens) });
  }
  await deps.transcripts.putChunks(tenant, chunks);
  await deps.transcripts.setOutline(tenant, transcriptionId, outlineOf(chunks));
  return chunks.length;
}

function outlineOf(chunks: readonly Chunk[]): TranscriptOutline {
  const words = new Map<string, number>();
  for (const { speaker, text } of chunks.flatMap(({ lines }) => lines)) {
    if (speaker !== null) words.set(speaker, (words.get(speaker) ?? 0) + text.length);
  }
  const speakers = [...words].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  const tokens = chunks.reduce((sum, chunk) => sum + (chunk.tokens ?? 0), 0);
  return { tokens, passages: chunks.length, speakers: speakers.slice(0, MOST_SPEAKERS) };
}
