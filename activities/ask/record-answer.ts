import type { Tenant } from '../../src/domain/access/tenant.ts';
import { describeRetrieval } from '../../src/domain/answering/context/describe-retrieval.ts';
import type { PromptTrace } from '../../src/domain/answering/context/prompt-trace.ts';
import { recordingsOfNames, withNames } from '../../src/domain/answering/context/speaker-places.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { queriesFor } from '../../src/domain/answering/question/follow-ups/follow-up.ts';
import { forRun } from '../../src/domain/ask/erased-words.ts';
import type { Answer, AssistantMessage, Part, UserMessage } from '../../src/domain/ask/message.ts';
import type { Understood } from '../../src/domain/ask/retrieval.ts';
import type { Session } from '../../src/domain/ask/session.ts';
import type { RunResult } from '../../src/domain/ask/turn.ts';
import type { Source } from '../../src/domain/library/source.ts';
import { notFound } from '../../src/domain/shared/errors.ts';
import type { MessageId, SessionId, TurnId } from '../../src/domain/shared/ids.ts';
import type { Scopes } from '../../src/ports/ask/context-loading.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { TranscriptStore } from '../../src/ports/library/library-store.ts';
import { sourcesOf } from '../../src/use-cases/library/find-passages.ts';

export interface RecordAnswerInput {
  tenant: Tenant;
  sessionId: SessionId;
  messageId: MessageId;
  answer: Answer;
  /** Unset in histories from before a late answer was told from others. */
  turnId?: TurnId;
  /** The question, where it is at hand. */
  question?: UserMessage;
  /** What it rests on. */
  context: ContextReference;
  /** What was searched for, where that is at hand. */
  queries?: string[];
  /** What the question was understood to name, where that is at hand. */
  understood?: Understood[];
  /** The same with its texts, where these are at hand. */
  sources?: Source[];
  /** Positions of past turns that the conversation need not keep any longer. */
  evictedTurns?: number[];
  /** What its prompt was made of, where that is at hand. */
  trace?: PromptTrace;
}

/** What was stored: of the given answer its place, of an earlier one the message. */
export type AnswerReceipt =
  | { kind: 'this'; id: MessageId; position: number; createdAt: string }
  | { kind: 'earlier'; message: RunResult['message'] };

export interface RecordAnswerDependencies {
  sessions: SessionStore;
  transcripts: TranscriptStore;
  scopes: Pick<Scopes, 'load'>;
  clock: Clock;
}

/** Stores the answer under an id derived from the question's. Idempotent: the first answer stays. */
export function recordAnswer(deps: RecordAnswerDependencies) {
  return async (input: RecordAnswerInput): Promise<AnswerReceipt> => {
    const { answer } = input;
    const message = await store(deps, input);
    if (message.content !== answer.content || message.provider !== answer.provider) {
      return { kind: 'earlier', message: forRun(message) };
    }
    return { kind: 'this', id: message.id, position: message.position, createdAt: message.createdAt };
  };
}

async function store(deps: RecordAnswerDependencies, input: RecordAnswerInput): Promise<AssistantMessage> {
  const { tenant, sessionId, turnId, messageId, context, evictedTurns, trace } = input;
  const asked = input.question
    ? { question: input.question, recent: [], session: null }
    : await deps.sessions.findQuestion(tenant, sessionId, messageId);
  if (asked === null) throw notFound('message', messageId);
  const { question, recent } = asked;
  const queries = input.queries ?? queriesFor(question.content, recent);
  const sources = input.sources ?? (await sourcesOf(deps.transcripts, tenant, context));
  const createdAt = deps.clock.now().toISOString();
  const answer = { ...input.answer, parts: input.answer.parts.map((part) => withinSources(part, sources)) };
  const understood = input.understood ?? (await understoodOf(deps.scopes, context, asked.session));
  const retrieval = describeRetrieval(context, { filters: question.filters, queries, understood });
  const stored = {
    ...answer,
    sessionId,
    sources,
    retrieval,
    recordingIds: context.kind === 'scope' ? recordingsOfNames(context.understood) : [],
    createdAt,
    ...(turnId && { turnId }),
    ...(trace && { trace }),
  };
  return deps.sessions.recordAnswer(tenant, question, stored, evictedTurns);
}

/** As a step that has only the reference reads it. */
async function understoodOf(scopes: Pick<Scopes, 'load'>, context: ContextReference, session: Session | null) {
  if (context.kind === 'transcript' || session === null) return [];
  return withNames(context.understood, await scopes.load(session));
}

/**
 * A citation points to a source that is stored, or to none: where the sources are read again, there are only the shown ones.
 * The erasure of a recording finds an answer by its sources, so that a recording without one is not quoted.
 */
function withinSources(part: Part, sources: readonly Source[]): Part {
  if (part.type === 'text' || part.sourceIndex === null || part.sourceIndex < sources.length) return part;
  const isFound = sources.some(({ recordingId }) => recordingId === part.recordingId);
  return { ...part, sourceIndex: null, ...(!isFound && { quote: null, speaker: null }) };
}
