import { assertAskable } from '../src/domain/askable.ts';
import { notFound } from '../src/domain/errors.ts';
import { queriesFor } from '../src/domain/follow-up.ts';
import type { MessageId, RecordingId, SessionId, TranscriptionId } from '../src/domain/ids.ts';
import { fitSources } from '../src/domain/passage-budget.ts';
import type { Session } from '../src/domain/session.ts';
import type { Source } from '../src/domain/source.ts';
import { narrowed, type Tenant } from '../src/domain/tenant.ts';
import type { Asked, SessionStore } from '../src/ports/session-store.ts';
import { findSources, type Library } from '../src/retrieval.ts';

export interface GatherContextInput {
  tenant: Tenant;
  sessionId: SessionId;
  messageId: MessageId;
}

/** What the answer will rest on. A transcript stays in the database; passages are small enough to travel. */
export type GatheredContext =
  | { kind: 'transcript'; transcriptionId: TranscriptionId; sources: [] }
  | { kind: 'passages'; queries: string[]; sources: Source[] };

export interface GatherContextDependencies extends Library {
  sessions: SessionStore;
  maxTranscriptTokens: number;
  countTokens(text: string): number;
}

/** Passages in a prompt: enough for questions over several meetings, and small enough for a history. */
const PASSAGES = 10;
/** Their tokens together: several times what ten passages of usual length have. */
const PASSAGE_TOKENS = 12_000;

/** Finds what the answer will rest on: the recording's transcript, or passages that match the question. */
export function gatherContext(deps: GatherContextDependencies) {
  return async (input: GatherContextInput): Promise<GatheredContext> => {
    const { tenant, sessionId, messageId } = input;
    const session = await deps.sessions.find(tenant, sessionId);
    if (session === null) throw notFound('session', sessionId);
    if (session.scope.type === 'recording') return wholeTranscript(deps, session, session.scope.recordingId);
    const asked = await deps.sessions.findAsked(tenant, sessionId, messageId);
    if (asked === null) throw notFound('message', messageId);
    return passages(deps, asked);
  };
}

async function wholeTranscript(
  deps: GatherContextDependencies,
  session: Session,
  recordingId: RecordingId,
): Promise<GatheredContext> {
  const tenant = narrowed(session, session.endUserId);
  const recording = await deps.recordings.find(tenant, recordingId);
  if (recording === null) throw notFound('recording', recordingId);
  const transcription = await deps.transcripts.currentOf(recording);
  assertAskable(recording, transcription, deps.maxTranscriptTokens);
  return { kind: 'transcript', transcriptionId: transcription.id, sources: [] };
}

async function passages(
  deps: GatherContextDependencies,
  { session, question, recent }: Asked,
): Promise<GatheredContext> {
  const queries = queriesFor(question.content, recent);
  const found = await findSources(deps, narrowed(session, session.endUserId), {
    texts: queries,
    limit: PASSAGES,
    ...(session.scope.type === 'selected' ? { recordingIds: session.scope.recordingIds } : {}),
  });
  return { kind: 'passages', queries, sources: fitSources(found, PASSAGE_TOKENS, deps.countTokens) };
}
