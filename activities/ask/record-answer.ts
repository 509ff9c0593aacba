import type { Tenant } from '../../src/domain/access/tenant.ts';
import { describeRetrieval } from '../../src/domain/answering/context/describe-retrieval.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { queriesFor } from '../../src/domain/answering/question/follow-up.ts';
import type { Answer, AssistantMessage, UserMessage } from '../../src/domain/ask/message.ts';
import type { Source } from '../../src/domain/library/source.ts';
import { notFound } from '../../src/domain/shared/errors.ts';
import type { MessageId, SessionId } from '../../src/domain/shared/ids.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { TranscriptStore } from '../../src/ports/library/library-store.ts';
import { sourcesOf } from '../../src/use-cases/find-passages.ts';

export interface RecordAnswerInput {
  tenant: Tenant;
  sessionId: SessionId;
  messageId: MessageId;
  answer: Answer;
  /** The question, where it is at hand. */
  question?: UserMessage;
  /** What it rests on. */
  context: ContextReference;
  /** What was searched for, where that is at hand. */
  queries?: string[];
  /** The same with its texts, where these are at hand. */
  sources?: Source[];
  /** Positions of past turns that the conversation need not keep any longer. */
  evictedTurns?: number[];
}

/** Where the answer stands. The whole message only when another answer had been stored first. */
export type RecordedAnswer =
  | { stored: 'this'; id: MessageId; position: number; createdAt: string }
  | { stored: 'earlier'; message: AssistantMessage };

export interface RecordAnswerDependencies {
  sessions: SessionStore;
  transcripts: TranscriptStore;
  clock: Clock;
}

/** Stores the answer under an id derived from the question's. Idempotent: the first answer stands. */
export function recordAnswer(deps: RecordAnswerDependencies) {
  return async (input: RecordAnswerInput): Promise<RecordedAnswer> => {
    const { answer } = input;
    const standing = await store(deps, input);
    if (standing.content !== answer.content || standing.provider !== answer.provider) {
      return { stored: 'earlier', message: standing };
    }
    return { stored: 'this', id: standing.id, position: standing.position, createdAt: standing.createdAt };
  };
}

async function store(deps: RecordAnswerDependencies, input: RecordAnswerInput): Promise<AssistantMessage> {
  const { tenant, sessionId, messageId, answer, context, evictedTurns } = input;
  const asked = input.question
    ? { question: input.question, recent: [] }
    : await deps.sessions.findQuestion(tenant, sessionId, messageId);
  if (asked === null) throw notFound('message', messageId);
  const { question, recent } = asked;
  const queries = input.queries ?? queriesFor(question.content, recent);
  const sources = input.sources ?? (await sourcesOf(deps.transcripts, tenant, context));
  const createdAt = deps.clock.now().toISOString();
  const retrieval = describeRetrieval(context, question.filters, queries);
  const stored = { ...answer, sessionId, sources, retrieval, createdAt };
  return deps.sessions.recordAnswer(tenant, question, stored, evictedTurns);
}
