import { parseReply } from '../src/domain/citations.ts';
import { notFound, providerFailure } from '../src/domain/errors.ts';
import { fitHistory } from '../src/domain/history.ts';
import type { MessageId, SessionId, TurnId } from '../src/domain/ids.ts';
import type { Answer } from '../src/domain/message.ts';
import { asWords, type PromptContext, rulesFor } from '../src/domain/prompt-text.ts';
import type { Provider } from '../src/domain/provider.ts';
import type { Tenant } from '../src/domain/tenant.ts';
import type { LanguageModels } from '../src/ports/language-model.ts';
import type { SessionStore } from '../src/ports/session-store.ts';
import type { ContextReference, PromptContexts } from './prompt-contexts.ts';

export interface GenerateAnswerInput {
  tenant: Tenant;
  sessionId: SessionId;
  turnId: TurnId;
  messageId: MessageId;
  provider: Provider;
  context: ContextReference;
}

export interface GenerateAnswerDependencies {
  sessions: SessionStore;
  models: LanguageModels;
  contexts: PromptContexts;
  countTokens(text: string): number;
  historyTokens: number;
  maxOutputTokens: number;
}

/** How the activity reaches its surroundings: Temporal's cancellation, and the sign of life that carries it. */
export interface Surroundings {
  signal(): AbortSignal;
  heartbeat(): void;
  /** From 1. */
  attempt(): number;
}

/** Asks the model once and proves the citations of its reply. One attempt is one provider request. */
export function generateAnswer(deps: GenerateAnswerDependencies, { signal, heartbeat, attempt }: Surroundings) {
  return async (input: GenerateAnswerInput): Promise<Answer> => {
    const aborted = signal();
    const beating = setInterval(heartbeat, 1_000);
    try {
      if (attempt() > 1) await deps.sessions.recordAttempt(input.tenant, input.turnId, attempt());
      return await answer(deps, input, aborted);
    } finally {
      clearInterval(beating);
    }
  };
}

async function answer(
  deps: GenerateAnswerDependencies,
  input: GenerateAnswerInput,
  signal: AbortSignal,
): Promise<Answer> {
  const { tenant, sessionId, messageId, provider } = input;
  const [session, question, recent] = await Promise.all([
    deps.sessions.find(tenant, sessionId),
    deps.sessions.findQuestion(tenant, sessionId, messageId),
    deps.sessions.recentTurns(tenant, sessionId),
  ]);
  if (session === null) throw notFound('session', sessionId);
  if (question === null) throw notFound('message', messageId);
  const context = await deps.contexts.load(session, input.context);
  const reply = await deps.models.get(provider).generate(
    {
      rules: rulesFor(session.scope.type),
      context: context.text,
      contextIsStable: input.context.kind === 'transcript',
      history: fitHistory(recent, deps.historyTokens, deps.countTokens).map((turn) => ({
        question: asWords(turn.question),
        answer: asWords(turn.answer),
      })),
      question: asWords(question.content),
    },
    { signal, maxOutputTokens: deps.maxOutputTokens },
  );
  return {
    ...proven(reply.text, context, provider),
    tokens: reply.tokens,
    model: reply.model,
    provider,
    finishReason: reply.finishReason,
  };
}

function proven(text: string, context: PromptContext, provider: Provider) {
  const parsed = parseReply(text, context.targets);
  if (parsed.content === '') throw providerFailure(provider, 'empty_reply', { retryable: true });
  return parsed;
}
