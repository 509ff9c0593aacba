import type { Tenant } from '../../src/domain/access/tenant.ts';
import type { AssistantMessage, NewQuestion } from '../../src/domain/ask/message.ts';
import type { NewSession, Session } from '../../src/domain/ask/session.ts';
import type { MessageId, SessionId, TurnId } from '../../src/domain/shared/ids.ts';
import type { Provider } from '../../src/domain/shared/provider.ts';
import type { Project, ProjectStore } from '../../src/ports/access/key-store.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { LanguageModels } from '../../src/ports/language-model.ts';

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
  answer: AssistantMessage | null;
  /** Whom to ask, in order. */
  providers: Provider[];
}

export interface RecordQuestionDependencies {
  sessions: SessionStore;
  projects: ProjectStore;
  models: LanguageModels;
  providerFallback: boolean;
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
  return { session, messageId: message.id, answer, providers: providersFor(input.provider, project, deps) };
}

/**
 * A pinned provider is never swapped. The default is the project's, else the system's; another one is asked after it only
 * where the operator opted in, because which provider may see a conversation is their choice.
 */
function providersFor(
  pinned: Provider | null,
  project: Project | null,
  { models, providerFallback }: { models: LanguageModels; providerFallback: boolean },
): Provider[] {
  if (pinned !== null) return [pinned];
  const preferred = project?.defaultProvider ?? models.default;
  const fallback = project?.providerFallback ?? providerFallback;
  return fallback ? [preferred, ...models.configured.filter((provider) => provider !== preferred)] : [preferred];
}
