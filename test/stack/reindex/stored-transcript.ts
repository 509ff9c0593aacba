import { chunkTranscript } from '../../../activities/library/chunk-transcript.ts';
import type { Owned } from '../../../src/domain/access/tenant.ts';
import { aRecording, aTranscription, type storesOf } from '../adapters/mongo/fixtures.ts';

type Deps = ReturnType<typeof storesOf> & Parameters<typeof chunkTranscript>[0];

/** A recording with a transcript that is cut into passages, of which no index knows yet. */
export async function aStoredTranscript(deps: Deps, owner: Owned, texts: readonly string[]) {
  const recording = await deps.recordings.create(aRecording(owner));
  const transcription = aTranscription(recording, { chunkCount: null });
  const segments = texts.map((text, i) => ({
    ...{ startMs: i * 1_000, endMs: (i + 1) * 1_000, text, speaker: 'Ana', confidence: null },
  }));
  await deps.transcripts.create(transcription, [segments]);
  await deps.imports.accept(transcription);
  const input = { tenant: owner, transcriptionId: transcription.id };
  return { recording, input, count: await chunkTranscript(deps)(input) };
}
