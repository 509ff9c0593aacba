import { narrowToEndUser } from '../../../domain/access/tenant.ts';
import type { Recording } from '../../../domain/library/recording.ts';
import type { Segment, Transcription } from '../../../domain/library/transcript.ts';
import type { RecordingId, TranscriptionId } from '../../../domain/shared/ids.ts';
import { loadRecording, loadTranscription } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { accepted, ok } from '../../kernel/lib/http-reply.ts';
import { assertPlainText } from '../../kernel/lib/plain-data.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentTranscription } from '../presenters/present-transcription.ts';
import { parseTranscript, type TranscriptContentType } from '../transcript-formats/index.ts';

interface Import {
  params: { recording_id: RecordingId };
  body: { contentType: TranscriptContentType; text: string };
}

/** Stores a transcript and starts the workflow that makes it searchable and readable. */
export async function importTranscript(call: Call<Import>, deps: Dependencies) {
  const { tenant, params, body } = call;
  const id = call.ids.next('txn');
  const recording = await loadRecording(deps, tenant, params.recording_id);
  if (call.claim?.completed) return accepted(await loadAndPresent(call, deps, id));
  const { language, segments } = await parseTranscript(body.contentType, body.text);
  segments.forEach(assertPlainSegment);
  const transcription = newTranscription(deps, recording, id, language, segments);
  const stored = await deps.transcripts.create(transcription, segments);
  await markProcessing(deps, recording, id);
  await deps.libraryGateway.startIndexing(narrowToEndUser(tenant, recording.endUserId), id);
  return accepted(presentTranscription(stored, segments));
}

export async function getTranscription(
  call: Call<{ params: { transcription_id: TranscriptionId } }>,
  deps: Dependencies,
) {
  return ok(await loadAndPresent(call, deps, call.params.transcription_id));
}

async function loadAndPresent({ tenant }: Call, deps: Dependencies, id: TranscriptionId) {
  const transcription = await loadTranscription(deps, tenant, id);
  return presentTranscription(transcription, await deps.transcripts.segments(tenant, id));
}

/** A recording keeps the transcript that it has until the new one can be read; its first one shows at once. */
async function markProcessing({ recordings }: Dependencies, recording: Recording, id: TranscriptionId): Promise<void> {
  await recordings.update(narrowToEndUser(recording, recording.endUserId), recording.id, {
    status: 'processing',
    ...(recording.transcriptionId === null && { transcriptionId: id }),
  });
}

function newTranscription(
  deps: Dependencies,
  recording: Recording,
  id: TranscriptionId,
  language: string | null,
  segments: readonly Segment[],
): Transcription {
  return {
    id,
    recordingId: recording.id,
    projectId: recording.projectId,
    mode: recording.mode,
    endUserId: recording.endUserId,
    status: 'processing',
    language,
    durationMs: segments.reduce((end, segment) => Math.max(end, segment.endMs), 0),
    segmentCount: segments.length,
    tokenCount: null,
    chunkCount: null,
    speakers: null,
    error: null,
    createdAt: deps.clock.now().toISOString(),
    completedAt: null,
  };
}

function assertPlainSegment({ text, speaker }: Segment, index: number): void {
  assertPlainText(text, `segments.${index}.text`);
  assertPlainText(speaker ?? '', `segments.${index}.speaker`);
}
