import { Readable } from 'node:stream';
import { z } from 'zod';
import { narrowToEndUser } from '../../../domain/access/tenant.ts';
import type { Recording } from '../../../domain/library/recording.ts';
import type { Transcription } from '../../../domain/library/transcript.ts';
import type { RecordingId, TranscriptionId } from '../../../domain/shared/ids.ts';
import type { ArrivedTranscript, TranscriptSummary } from '../../../ports/library/transcript-reader.ts';
import { restBetween } from '../../../runtime/cooperative-yield.ts';
import { dateRecording } from '../../../use-cases/library/date-recording.ts';
import { readSegments } from '../../../use-cases/library/read-segments.ts';
import { settleRecording } from '../../../use-cases/library/settle-recording.ts';
import { loadRecording, loadTranscription } from '../../../use-cases/load-visible.ts';
import { decodeCursor } from '../../kernel/lib/cursor.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { accepted, ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentTranscription } from '../presenters/present-transcription.ts';
import { writeTranscription, writeTranscriptionPart } from '../presenters/write-transcription.ts';
import type { readTranscription } from '../schemas/library-schemas.ts';

interface Import {
  params: { recording_id: RecordingId };
  body: ArrivedTranscript;
}

type Read = Call<{
  params: { transcription_id: TranscriptionId };
  query: z.output<typeof readTranscription>;
}>;

/** Stores a transcript and starts the workflow that makes it searchable and readable. */
export async function importTranscript(call: Call<Import>, deps: Dependencies) {
  const { tenant, params, body } = call;
  const id = call.ids.next('txn');
  const recording = await loadRecording(deps, tenant, params.recording_id);
  if (call.claim?.completed) return accepted(presentTranscription(await loadTranscription(deps, tenant, id)));
  const { stored, recordedAt } = await deps.transcriptReader.read(
    recording.projectId,
    body,
    async ({ batches, recordedAt, ...summary }) => ({
      recordedAt,
      stored: await deps.transcripts.create(newTranscription(deps, recording, id, summary), restBetween(batches)),
    }),
  );
  // Before it can be indexed, so that its chunks have the date.
  await dateRecording(deps, recording, recordedAt);
  await deps.imports.accept(stored);
  await settleRecording(deps, narrowToEndUser(recording, recording.endUserId), recording.id);
  await deps.libraryGateway.startIndexing(narrowToEndUser(tenant, recording.endUserId), id);
  return accepted(presentTranscription(stored));
}

/** A transcription of any length, written while it is read. */
export async function getTranscription({ tenant, params, query }: Read, deps: Dependencies) {
  const { limit, cursor } = query;
  const from = decodeCursor(segmentPlace, cursor);
  const transcription = await loadTranscription(deps, tenant, params.transcription_id);
  const isPart = limit !== undefined || cursor !== undefined;
  const range = isPart ? { from, limit: limit ?? MOST_SEGMENTS } : {};
  const read = () => readSegments(deps.pageReader, tenant, transcription.id, range);
  const write = isPart ? writeTranscriptionPart : writeTranscription;
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  return { ...ok(Readable.from(write(transcription, read))), headers };
}

const MOST_SEGMENTS = 1_000;
const segmentPlace = z.strictObject({ page: z.int().min(0), index: z.int().min(0) });

function newTranscription(
  deps: Dependencies,
  recording: Recording,
  id: TranscriptionId,
  { language, sourceFormat, dropped, segmentCount, durationMs }: Omit<TranscriptSummary, 'recordedAt'>,
): Transcription {
  return {
    id,
    recordingId: recording.id,
    projectId: recording.projectId,
    mode: recording.mode,
    endUserId: recording.endUserId,
    status: 'processing',
    language,
    durationMs,
    segmentCount,
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
