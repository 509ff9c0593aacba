import { narrowToEndUser, type Tenant } from '../../src/domain/access/tenant.ts';
import { UNLEARNED_RATIO } from '../../src/domain/answering/context/plan-window.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import type { NewQuestion } from '../../src/domain/ask/message.ts';
import type { NewSession } from '../../src/domain/ask/session.ts';
import { notFound, providerFailure } from '../../src/domain/shared/errors.ts';
import { type RecordingId, type SessionId, turnIdOf } from '../../src/domain/shared/ids.ts';
import type { Provider } from '../../src/domain/shared/provider.ts';
import type { Project } from '../../src/ports/access/key-store.ts';
import type { Scopes } from '../../src/ports/ask/context-loading.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { TraceStore } from '../../src/ports/ask/trace-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { RecordingStore } from '../../src/ports/library/library-store.ts';
import { gatherScope } from '../../src/use-cases/answering/gather-scope.ts';
import type { Library } from '../../src/use-cases/library/find-passages.ts';
import { loadReadyTranscription } from '../../src/use-cases/library/load-ready-transcription.ts';
import { type ProviderDependencies, providersFor } from '../lib/providers-for.ts';

export interface GatherContextInput {
  tenant: Tenant;
  sessionId: SessionId;
  /** The session, if this turn stores it. */
  create: NewSession | null;
  question: NewQuestion;
  /** The provider that the client pinned. */
  provider: Provider | null;
}

export interface GatherContextDependencies extends Library, ProviderDependencies {
  sessions: SessionStore;
  traces: Pick<TraceStore, 'recordCandidates'>;
  recordings: RecordingStore;
  scopes: Scopes;
  clock: Clock;
  maxTranscriptTokens: number;
  maxOutputTokens: number;
  contextTokens: number;
  historyTokens: number;
  /** The context window of who answers, in its own tokens. */
  windowOf(provider: Provider): number;
  countTokens(text: string): number;
}

const DEFAULT_TIMEZONE = 'UTC';

/** Decides what the answer will rest on: the recording's transcript, or what fits the question best of the scope. */
export function gatherContext(deps: GatherContextDependencies) {
  return async (input: GatherContextInput): Promise<ContextReference> => {
    const session = input.create ?? (await deps.sessions.find(input.tenant, input.sessionId));
    if (session === null) throw notFound('session', input.sessionId);
    return gatherContextFor(deps, session, input);
  };
}

/** Like `gatherContext`, for a session that is already loaded. */
export async function gatherContextFor(
  deps: GatherContextDependencies,
  session: NewSession,
  { question, provider }: Pick<GatherContextInput, 'question' | 'provider'>,
): Promise<ContextReference> {
  const project = await deps.projects.find(session.projectId);
  const asked = {
    timezone: question.timezone ?? project?.timezone ?? DEFAULT_TIMEZONE,
    readAt: deps.clock.now().toISOString(),
  };
  if (session.scope.type === 'recording') return findTranscript(deps, session, session.scope.recordingId, asked);
  const providers = providersFor(provider, project, deps);
  const found = await gatherScope(deps, {
    session,
    question,
    recordings: await deps.scopes.load(session),
    window: windowFor(deps, project, providers),
    timezone: asked.timezone,
    now: asked.readAt,
  });
  if (found === null)
    throw providerFailure(providers[0] ?? deps.models.default, 'context_too_long', { retryable: false });
  const { reference, candidates } = found;
  const turn = { sessionId: session.id, turnId: turnIdOf(question.id) };
  if (candidates.length > 0) await deps.traces.recordCandidates(session, turn, candidates);
  return reference;
}

async function findTranscript(
  deps: GatherContextDependencies,
  session: NewSession,
  recordingId: RecordingId,
  asked: { timezone: string; readAt: string },
): Promise<ContextReference> {
  const tenant = narrowToEndUser(session, session.endUserId);
  const recording = await deps.recordings.find(tenant, recordingId);
  if (recording === null) throw notFound('recording', recordingId);
  const { id, tokenCount, chunkCount } = await loadReadyTranscription(
    deps.transcripts,
    recording,
    deps.maxTranscriptTokens,
  );
  return { kind: 'transcript', transcriptionId: id, tokens: tokenCount ?? 0, passages: chunkCount ?? 0, ...asked };
}

/** The smallest window among those who may answer: whoever does, the context fits. */
function windowFor(deps: GatherContextDependencies, project: Project | null, providers: readonly Provider[]) {
  const { maxOutputTokens, historyTokens } = deps;
  return {
    window: Math.min(...providers.map(deps.windowOf)),
    ratio: UNLEARNED_RATIO,
    maxOutputTokens,
    contextTokens: project?.contextTokens ?? deps.contextTokens,
    historyTokens,
  };
}
