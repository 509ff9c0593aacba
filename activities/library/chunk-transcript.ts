import { tokensOfLines } from '../../src/domain/answering/context/shown-lines.ts';
import type { Chunk } from '../../src/domain/library/chunk.ts';
import { transcriptCutter } from '../../src/domain/library/chunking.ts';
import type { TranscriptOutline } from '../../src/domain/library/recording.ts';
import type { Digest } from '../../src/domain/shared/digest.ts';
import { notFound } from '../../src/domain/shared/errors.ts';
import type { TranscriptionId } from '../../src/domain/shared/ids.ts';
import type { RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { EndUserTenant } from '../../src/ports/library/passage-retriever.ts';
import { restBetween, yieldCooperatively } from '../../src/runtime/cooperative-yield.ts';
import { readSegments } from '../../src/use-cases/library/read-segments.ts';

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
/** Names whose words are counted: a transcript with a name of its own for every segment must not fill the memory. */
const MOST_NAMES = 10_000;

/**
 * Counts the transcript's tokens, cuts it into chunks, and stores both, a page at a time: a transcript of any length takes
 * little memory. Idempotent: chunk ids follow from the transcription's. @returns how many chunks.
 */
export function chunkTranscript({ recordings, transcripts, digest, countTokens }: ChunkDependencies) {
  return async ({ tenant, transcriptionId }: TranscriptionInput): Promise<number> => {
    const transcription = await transcripts.find(tenant, transcriptionId);
    const recording = transcription && (await recordings.find(tenant, transcription.recordingId));
    if (!recording) throw notFound('transcription', transcriptionId);
    const owner = { ...tenant, recordingId: recording.id, transcriptionId, recordedAt: recording.startedAt };
    const cutter = transcriptCutter(owner, digest);
    const counted = startOutline();
    for await (const { segments } of restBetween(readSegments(transcripts, tenant, transcriptionId)))
      await store(cutter.add(segments));
    await store(cutter.end());
    const outline = counted.outline();
    await transcripts.setOutline(tenant, transcriptionId, outline);
    return outline.passages;

    async function store(cut: Iterable<Chunk>): Promise<void> {
      const chunks: Chunk[] = [];
      for await (const chunk of yieldCooperatively(cut)) {
        chunks.push({ ...chunk, tokens: tokensOfLines(chunk.lines, countTokens) });
      }
      await transcripts.putChunks(tenant, chunks);
      counted.add(chunks);
    }
  };
}

function startOutline() {
  const words = new Map<string, number>();
  let [tokens, passages] = [0, 0];
  return {
    add(chunks: readonly Chunk[]): void {
      passages += chunks.length;
      for (const chunk of chunks) {
        tokens += chunk.tokens ?? 0;
        for (const { speaker, text } of chunk.lines) {
          if (speaker === null || (words.size >= MOST_NAMES && !words.has(speaker))) continue;
          words.set(speaker, (words.get(speaker) ?? 0) + text.length);
        }
      }
    },
    outline(): TranscriptOutline {
      const speakers = [...words].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
      return { tokens, passages, speakers: speakers.slice(0, MOST_SPEAKERS) };
    },
  };
}
