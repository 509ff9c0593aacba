import { narrowToEndUser, type Tenant } from '../../src/domain/access/tenant.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { isFollowUp, queriesFor } from '../../src/domain/answering/follow-up.ts';
import { fitSources } from '../../src/domain/answering/passage-budget.ts';
import type { NewSession } from '../../src/domain/ask/session.ts';
import { notFound } from '../../src/domain/shared/errors.ts';
import type { RecordingId, SessionId } from '../../src/domain/shared/ids.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { RecordingStore } from '../../src/ports/library/library-store.ts';
import { findSources, type Library } from '../../src/use-cases/find-passages.ts';
import { loadReadyTranscription } from '../../src/use-cases/load-ready-transcription.ts';

export interface GatherContextInput {
  tenant: Tenant;
  sessionId: SessionId;
  /** The session, while it is being stored. */
  create: NewSession | null;
  question: string;
}

/** What the answer will rest on, and the queries that found it. */
export type GatheredContext = ContextReference & { queries?: string[] };

export interface GatherContextDependencies extends Library {
  sessions: SessionStore;
  recordings: RecordingStore;
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
    const session = input.create ?? (await deps.sessions.find(input.tenant, input.sessionId));
    if (session === null) throw notFound('session', input.sessionId);
    return gatherContextFor(deps, session, input.question);
  };
}

/** The same, of a session that is at hand. */
export async function gatherContextFor(
  deps: GatherContextDependencies,
  session: NewSession,
  question: string,
): Promise<GatheredContext> {
  if (session.scope.type === 'recording') return findTranscript(deps, session, session.scope.recordingId);
  return findPassages(deps, session, question);
}

async function findTranscript(
  deps: GatherContextDependencies,
  session: NewSession,
  recordingId: RecordingId,
): Promise<GatheredContext> {
  const tenant = narrowToEndUser(session, session.endUserId);
  const recording = await deps.recordings.find(tenant, recordingId);
  if (recording === null) throw notFound('recording', recordingId);
  const transcription = await loadReadyTranscription(deps.transcripts, recording, deps.maxTranscriptTokens);
  return { kind: 'transcript', transcriptionId: transcription.id };
}

async function findPassages(
  deps: GatherContextDependencies,
  session: NewSession,
  question: string,
): Promise<GatheredContext> {
  const tenant = narrowToEndUser(session, session.endUserId);
  const history = isFollowUp(question) ? await deps.sessions.recentTurns(tenant, session.id) : [];
  const queries = queriesFor(question, history);
  const found = await findSources(deps, tenant, {
    texts: queries,
    limit: PASSAGES,
    ...(session.scope.type === 'selected' ? { recordingIds: session.scope.recordingIds } : {}),
  });
  const sources = fitSources(found, PASSAGE_TOKENS, deps.countTokens);
  return {
    kind: 'passages',
    chunkIds: sources.map(({ chunkId }) => chunkId),
    scores: sources.map(({ score }) => score),
    queries,
  };
}
