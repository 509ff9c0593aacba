import { narrowToEndUser } from '../../domain/access/tenant.ts';
import type { LibraryRecording } from '../../domain/answering/context/library-recording.ts';
import { inOrder } from '../../domain/answering/question/scope-recording.ts';
import type { SessionScope } from '../../domain/ask/scope.ts';
import type { NewSession } from '../../domain/ask/session.ts';
import type { Recording } from '../../domain/library/recording.ts';
import type { RecordingStore, TranscriptStore } from '../../ports/library/library-store.ts';
import type { EndUserTenant } from '../../ports/library/passage-retriever.ts';

export interface ScopeStores {
  recordings: Pick<RecordingStore, 'allOf' | 'findAll'>;
  transcripts: Pick<TranscriptStore, 'currentOf'>;
}

/** About as many as a chunk of usual length has, where 0.1.0 did not count chunks. */
const TOKENS_A_PASSAGE = 500;

/** The recordings that a session over a library or a selection may see, by date, without their transcripts. */
export async function loadScope(stores: ScopeStores, session: NewSession): Promise<LibraryRecording[]> {
  const tenant = narrowToEndUser(session, session.endUserId);
  const found = await recordingsOf(stores, tenant, session.scope);
  return inOrder(await Promise.all(found.map((recording) => outlined(stores, recording))));
}

async function recordingsOf(
  { recordings }: ScopeStores,
  tenant: EndUserTenant,
  scope: SessionScope,
): Promise<Recording[]> {
  if (scope.type === 'library') return recordings.allOf(tenant, tenant.endUserId);
  const ids = scope.type === 'recording' ? [scope.recordingId] : scope.recordingIds;
  return recordings.findAll(tenant, ids);
}

async function outlined({ transcripts }: ScopeStores, recording: Recording): Promise<LibraryRecording> {
  const { id, name: title, startedAt: recordedAt, durationMs, metadata, transcriptionId, outline } = recording;
  const about = { id, title, recordedAt, durationMs, metadata };
  if (outline !== null && transcriptionId !== null) {
    const { tokens, passages, speakers } = outline;
    return { ...about, speakers, transcript: { id: transcriptionId, tokens, passages } };
  }
  // It was imported by 0.1.0, or is not completed yet.
  const current = await transcripts.currentOf(recording);
  const isReady = current?.status === 'completed';
  const tokens = current?.tokenCount ?? 0;
  const passages = current?.chunkCount ?? Math.ceil(tokens / TOKENS_A_PASSAGE);
  return {
    ...about,
    speakers: current?.speakers ?? [],
    transcript: isReady ? { id: current.id, tokens, passages } : null,
  };
}
