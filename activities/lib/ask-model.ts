import type { Tenant } from '../../src/domain/access/tenant.ts';
import { parseReply } from '../../src/domain/answering/citations.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { fitHistory } from '../../src/domain/answering/history.ts';
import { asWords, type PromptContext, rulesFor } from '../../src/domain/answering/prompt-text.ts';
import { withoutThinking } from '../../src/domain/answering/thinking.ts';
import type { Answer, UserMessage } from '../../src/domain/ask/message.ts';
import type { Listening } from '../../src/domain/ask/turn.ts';
import type { Source } from '../../src/domain/library/source.ts';
import { notFound, providerFailure } from '../../src/domain/shared/errors.ts';
import type { MessageId, SessionId, TurnId } from '../../src/domain/shared/ids.ts';
import type { Provider } from '../../src/domain/shared/provider.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { TurnFeed } from '../../src/ports/ask/turn-feed.ts';
import type { LanguageModels, ModelReply } from '../../src/ports/language-model.ts';
import { type Broadcast, broadcast } from './answer-broadcast.ts';
import type { PromptContexts } from './prompt-contexts.ts';

export interface Asking {
  tenant: Tenant;
  sessionId: SessionId;
  turnId: TurnId;
  messageId: MessageId;
  provider: Provider;
  context: ContextReference;
  /** Whether somebody reads along: `maybe` says that it is to be looked up. */
  listening?: Listening;
}

export interface AskModelDependencies {
  sessions: SessionStore;
  models: LanguageModels;
  contexts: PromptContexts;
  feed: TurnFeed;
  countTokens(text: string): number;
  historyTokens: number;
  maxOutputTokens: number;
}

/** One attempt: its number, from 1, and when it was scheduled, in ms. */
interface Attempt {
  signal: AbortSignal;
  attempt: number;
  generation: number;
}

/** What the model was paid for. */
export interface Paid {
  answer: Answer;
  /** What it answers, where that has been read. */
  question?: UserMessage;
  /** What the answer rests on. */
  sources: Source[];
  /** Positions of past turns that no prompt will show again. */
  outgrown: number[];
}

/** Makes the prompt, asks the model, and proves the citations of its reply. */
export async function askModel(deps: AskModelDependencies, input: Asking, by: Attempt): Promise<Paid> {
  const { tenant, sessionId, turnId, messageId, provider } = input;
  const [asked, heard] = await Promise.all([
    deps.sessions.findAsked(tenant, sessionId, messageId),
    isHeard(deps.feed, input),
  ]);
  if (asked === null) throw notFound('message', messageId);
  const { session, question, recent } = asked;
  const context = await deps.contexts.load(session, input.context);
  const history = fitHistory(recent, deps.historyTokens, deps.countTokens);
  const prompt = {
    rules: rulesFor(session.scope.type),
    context: context.text,
    contextIsStable: input.context.kind === 'transcript',
    history: history.shown.map((turn) => ({
      question: asWords(turn.question),
      answer: asWords(withoutThinking(turn.answer)),
    })),
    question: asWords(question.content),
  };
  const model = deps.models.get(provider);
  const options = { signal: by.signal, maxOutputTokens: deps.maxOutputTokens };
  const reply = heard
    ? await aloud(broadcast(deps.feed, { owner: session, sessionId, turnId }, by, context.targets), (onText) =>
        model.generate(prompt, { ...options, onText }),
      )
    : await model.generate(prompt, options);
  const { tokens, model: answeredBy, finishReason } = reply;
  const answer = { ...proven(reply.text, context, provider), tokens, model: answeredBy, provider, finishReason };
  return { answer, question, sources: context.sources, outgrown: history.outgrown.map(({ position }) => position) };
}

async function isHeard(feed: TurnFeed, { turnId, listening }: Asking): Promise<boolean> {
  if (listening === 'maybe') return feed.isHeard(turnId);
  return listening === 'now';
}

/** Lets others read along while the model speaks. */
async function aloud(
  listeners: Broadcast,
  generate: (onText: (text: string) => void) => Promise<ModelReply>,
): Promise<ModelReply> {
  try {
    const reply = await generate(listeners.push);
    await listeners.end(true);
    return reply;
  } catch (error) {
    await listeners.end(false);
    throw error;
  }
}

function proven(text: string, context: PromptContext, provider: Provider) {
  const parsed = parseReply(text, context.targets);
  if (parsed.content === '') throw providerFailure(provider, 'empty_reply', { retryable: true });
  return parsed;
}
