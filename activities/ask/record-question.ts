import type { Tenant } from '../../src/domain/access/tenant.ts';
import { forRun } from '../../src/domain/ask/erased-words.ts';
import type { NewQuestion } from '../../src/domain/ask/message.ts';
import type { NewSession, Session } from '../../src/domain/ask/session.ts';
import type { RunResult } from '../../src/domain/ask/turn.ts';
import type { MessageId, SessionId, TurnId } from '../../src/domain/shared/ids.ts';
import type { Provider } from '../../src/domain/shared/provider.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import { type ProviderDependencies, providersFor } from '../lib/providers-for.ts';

export interface RecordQuestionInput {
  tenant: Tenant;
  sessionId: SessionId;
  /** The session, when this turn creates it. */
  create: NewSession | null;
  turnId: TurnId;
  question: NewQuestion;
  provider: Provider | null;
}

export interface RecordedQuestion {
  /** The stored question: the given one, or an earlier unanswered one with the same content. */
  messageId: MessageId;
  /** The answer, if the question already has one. */
  answer: RunResult['message'] | null;
  /** Whom to ask, in order. */
  providers: Provider[];
}

export interface RecordQuestionDependencies extends ProviderDependencies {
  sessions: SessionStore;
}

/** Stores the question before anything else happens. Idempotent: called twice, one message. */
export function recordQuestion(deps: RecordQuestionDependencies) {
  return async (input: RecordQuestionInput): Promise<RecordedQuestion> => {
    const { session: _, ...result } = await recordInSession(deps, input);
    return result;
  };
}

/** The same, with the session in which the question stands. */
export async function recordInSession(
  deps: RecordQuestionDependencies,
  input: RecordQuestionInput,
): Promise<RecordedQuestion & { session: Session }> {
  const { tenant, sessionId, turnId, question } = input;
  if (input.create !== null) await deps.sessions.create(input.create);
  const [{ session, message, answer }, project] = await Promise.all([
    deps.sessions.recordQuestion(tenant, sessionId, turnId, question),
    deps.projects.find(tenant.projectId),
  ]);
  return {
    session,
    messageId: message.id,
    answer: answer && forRun(answer),
    providers: providersFor(input.provider, project, deps),
  };
}
