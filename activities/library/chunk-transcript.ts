import type { Chunk } from '../../src/domain/library/chunk.ts';
import { chunkTranscript as chunk } from '../../src/domain/library/chunking.ts';
import type { Digest } from '../../src/domain/shared/digest.ts';
import { notFound } from '../../src/domain/shared/errors.ts';
import type { TranscriptionId } from '../../src/domain/shared/ids.ts';
import type { RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { EndUserTenant } from '../../src/ports/library/passage-retriever.ts';
import { yieldCooperatively } from '../../src/runtime/cooperative-yield.ts';
import { withHeartbeat } from '../lib/heartbeat.ts';
import { transcriptTokens } from '../lib/transcript-tokens.ts';

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
  for await (const next of yieldCooperatively(chunk(segments, owner, deps.digest))) chunks.push(next);
  await deps.transcripts.putChunks(tenant, chunks);
  const tokens = await transcriptTokens(segments, deps.countTokens);
  await deps.transcripts.setTokenCount(tenant, transcriptionId, tokens);
  return chunks.length;
}
