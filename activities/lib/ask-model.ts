import type { Tenant } from '../../src/domain/access/tenant.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { outputTokens } from '../../src/domain/answering/models/context-window.ts';
import { withoutThinking } from '../../src/domain/answering/models/thinking.ts';
import { asWords, rulesFor } from '../../src/domain/answering/prompt-text.ts';
import { citableLines } from '../../src/domain/answering/reply/citable-lines.ts';
import type { Answer, UserMessage } from '../../src/domain/ask/message.ts';
import type { Subscribers } from '../../src/domain/ask/turn.ts';
import type { Source } from '../../src/domain/library/source.ts';
import { AskError, notFound } from '../../src/domain/shared/errors.ts';
import type { MessageId, SessionId, TurnId } from '../../src/domain/shared/ids.ts';
import type { Provider } from '../../src/domain/shared/provider.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { TurnFeed } from '../../src/ports/ask/turn-feed.ts';
import type { LanguageModels, ModelReply } from '../../src/ports/language-model.ts';
import { type FitTurnsDependencies, fitTurns } from './fit-turns.ts';
import type { PromptContexts } from './prompt-contexts.ts';
import { type AnswerPublisher, publishAnswer } from './publish-answer.ts';
import { readReply } from './read-reply.ts';

export interface AskModelInput {
  tenant: Tenant;
  sessionId: SessionId;
  turnId: TurnId;
  messageId: MessageId;
  provider: Provider;
  context: ContextReference;
  /** Whether the answer has subscribers; `maybe`: the feed knows. Unset: it has none. */
  subscribers?: Subscribers;
}

export interface AskModelDependencies extends FitTurnsDependencies {
  sessions: SessionStore;
  models: LanguageModels;
  contexts: PromptContexts;
  feed: TurnFeed;
}

/** One attempt: its number, from 1, and when it was scheduled, in ms. */
interface Attempt {
  signal: AbortSignal;
  attempt: number;
  generation: number;
}

/** An answer, and what is stored with it. */
export interface AnswerToStore {
  answer: Answer;
  /** The question, if it has been read. */
  question?: UserMessage;
  /** What the answer rests on. */
  sources: Source[];
  /** Positions of past turns that no prompt will show again. */
  evictedTurns: number[];
}

/** Makes the prompt, asks the model, and resolves the citations of its reply. */
export async function askModel(deps: AskModelDependencies, input: AskModelInput, by: Attempt): Promise<AnswerToStore> {
  const { tenant, sessionId, turnId, messageId, provider } = input;
  const [asked, isSubscribed] = await Promise.all([
    deps.sessions.findQuestion(tenant, sessionId, messageId),
    hasSubscriber(deps.feed, input),
  ]);
  if (asked === null) throw notFound('message', messageId);
  const { session, question, recent } = asked;
  const [context, isSuperseded] = await Promise.all([
    deps.contexts.load(session, input.context),
    deps.sessions.isSuperseded(turnId, messageId, by.generation),
  ]);
  // This worker was frozen: its attempt was given up, and another one has answered or is about to.
  if (isSuperseded) throw new AskError('unavailable', 'Another attempt has taken this turn over.');
  const model = deps.models.get(provider);
  const { shown, evictedTurns } = fitTurns(deps, model, recent, {
    context: context.text,
    question: question.content,
  });
  const prompt = {
    rules: rulesFor(session.scope.type),
    context: context.text,
    contextIsStable: input.context.kind === 'transcript',
    history: shown.map((turn) => ({
      question: asWords(turn.question),
      answer: asWords(withoutThinking(turn.answer)),
    })),
    question: asWords(question.content),
  };
  const citable = citableLines(context.targets, context.sources);
  const options = { signal: by.signal, maxOutputTokens: outputTokens(model.contextTokens, deps) };
  const reply = isSubscribed
    ? await streamReply(publishAnswer(deps.feed, { owner: session, sessionId, turnId }, by, citable), (onText) =>
        model.generate(prompt, { ...options, onText }),
      )
    : await model.generate(prompt, options);
  const { tokens, model: answeredBy, finishReason } = reply;
  const answer = {
    ...readReply(reply.text, { context, citable, provider, question: question.content }),
    tokens,
    model: answeredBy,
    provider,
    finishReason,
  };
  return {
    answer,
    question,
    sources: context.sources,
    evictedTurns: evictedTurns.map(({ position }) => position),
  };
}

async function hasSubscriber(feed: TurnFeed, { turnId, subscribers }: AskModelInput): Promise<boolean> {
  if (subscribers === 'maybe') return feed.hasSubscriber(turnId);
  return subscribers === 'now';
}

/** Publishes the reply while the model writes it. */
async function streamReply(
  publisher: AnswerPublisher,
  generate: (onText: (text: string) => void) => Promise<ModelReply>,
): Promise<ModelReply> {
  try {
    const reply = await generate(publisher.push);
    await publisher.end(true);
    return reply;
  } catch (error) {
    await publisher.end(false);
    throw error;
  }
}
