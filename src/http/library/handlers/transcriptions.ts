import { narrowToEndUser } from '../../../domain/access/tenant.ts';
import type { Recording } from '../../../domain/library/recording.ts';
import type { Transcription } from '../../../domain/library/transcript.ts';
import type { RecordingId, TranscriptionId } from '../../../domain/shared/ids.ts';
import type { TranscriptFile } from '../../../ports/library/transcript-reader.ts';
import { collectTranscript } from '../../../use-cases/library/collect-transcript.ts';
import { settleRecording } from '../../../use-cases/library/settle-recording.ts';
import { loadRecording, loadTranscription } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { accepted, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentTranscription } from '../presenters/present-transcription.ts';

interface Import {
  params: { recording_id: RecordingId };
  body: TranscriptFile;
}

/** Stores a transcript and starts the workflow that makes it searchable and readable. */
export async function importTranscript(call: Call<Import>, deps: Dependencies) {
  const { tenant, params, body } = call;
  const id = call.ids.next('txn');
  const recording = await loadRecording(deps, tenant, params.recording_id);
  if (call.claim?.completed) return accepted(await loadAndPresent(call, deps, id));
  const transcript = await collectTranscript(deps.readTranscript(body));
  const stored = await deps.transcripts.create(newTranscription(deps, recording, id, transcript), transcript.segments);
  await deps.imports.accept(stored);
  await settleRecording(deps, narrowToEndUser(recording, recording.endUserId), recording.id);
  await deps.libraryGateway.startIndexing(narrowToEndUser(tenant, recording.endUserId), id);
  return accepted(presentTranscription(stored, transcript.segments));
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

function newTranscription(
  deps: Dependencies,
  recording: Recording,
  id: TranscriptionId,
  { language, sourceFormat, dropped, segments }: Awaited<ReturnType<typeof collectTranscript>>,
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
    replacedBy: null,
    sourceFormat,
    dropped,
    createdAt: deps.clock.now().toISOString(),
    completedAt: null,
  };
}
