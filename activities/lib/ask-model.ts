import type { FairQueue } from '../../src/domain/access/fair-queue.ts';
import type { Tenant } from '../../src/domain/access/tenant.ts';
import { planWindow, UNLEARNED_RATIO } from '../../src/domain/answering/context/plan-window.ts';
import { type PromptTrace, traceOfContext } from '../../src/domain/answering/context/prompt-trace.ts';
import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { withoutThinking } from '../../src/domain/answering/models/thinking.ts';
import { tokensOfPrompt } from '../../src/domain/answering/prompt.ts';
import { asWords, rulesFor } from '../../src/domain/answering/prompt-text.ts';
import { queriesFor } from '../../src/domain/answering/question/follow-ups/follow-up.ts';
import { citableLines } from '../../src/domain/answering/reply/citable-lines.ts';
import type { Answer, UserMessage } from '../../src/domain/ask/message.ts';
import type { Understood } from '../../src/domain/ask/retrieval.ts';
import type { Subscribers } from '../../src/domain/ask/turn.ts';
import type { Source } from '../../src/domain/library/source.ts';
import { AskError, notFound, providerFailure } from '../../src/domain/shared/errors.ts';
import type { MessageId, SessionId, TurnId } from '../../src/domain/shared/ids.ts';
import type { Provider } from '../../src/domain/shared/provider.ts';
import { piecesToCount } from '../../src/domain/shared/tokens.ts';
import type { PromptContexts } from '../../src/ports/ask/context-loading.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { TurnFeed } from '../../src/ports/ask/turn-feed.ts';
import type { LanguageModels, ModelReply } from '../../src/ports/language-model.ts';
import { yieldCooperatively } from '../../src/runtime/cooperative-yield.ts';
import { fitTurns } from './fit-turns.ts';
import { groundedAnswer } from './grounded-answer.ts';
import { type AnswerPublisher, publishAnswer } from './publish-answer.ts';

export interface AskModelInput {
  tenant: Tenant;
  sessionId: SessionId;
  turnId: TurnId;
  messageId: MessageId;
  provider: Provider;
  context: ContextReference;
  /** Whether another provider was asked before in this turn: an attempt at it may have been frozen. */
  isFallback?: boolean;
  /** Whether the answer has subscribers; `maybe`: the feed knows. Unset: it has none. */
  subscribers?: Subscribers;
}

export interface AskModelDependencies {
  sessions: SessionStore;
  models: LanguageModels;
  contexts: PromptContexts;
  feed: TurnFeed;
  /** Lets projects make their prompts in turn. */
  prompting: FairQueue;
  countTokens(text: string): number;
  historyTokens: number;
  contextTokens: number;
  maxOutputTokens: number;
  /** The context window of a provider's model, in its own tokens. */
  windowOf(provider: Provider): number;
}

/** One attempt: its number, from 1, and when it was scheduled, in ms. */
interface Attempt {
  signal: AbortSignal;
  attempt: number;
  generation: number;
  /** What the turn's budget leaves for the model. */
  withinMs: number;
}

/** An answer that is to be stored, and what is stored with it. */
export interface NewAnswer {
  answer: Answer;
  /** The question, if it has been read. */
  question?: UserMessage;
  /** What the answer rests on. */
  sources: Source[];
  /** What was searched for, if anything was. */
  queries: string[];
  /** What the question was understood to name. */
  understood: Understood[];
  /** Positions of past turns that no prompt will show again. */
  evictedTurns: number[];
  /** What its prompt was made of; unset for an answer that stands already. */
  trace?: PromptTrace;
}

/** Makes the prompt, asks the model, and resolves the citations of its reply. */
export async function askModel(deps: AskModelDependencies, input: AskModelInput, by: Attempt): Promise<NewAnswer> {
  const { tenant, sessionId, turnId, provider } = input;
  const isSubscribed = await hasSubscriber(deps.feed, input);
  const made = await deps.prompting.run(tenant.projectId, () => makePrompt(deps, input, by), by.signal);
  const { prompt, context, question, queries } = made;
  const citable = citableLines(context.targets, context.sources, context.sourceOf);
  const model = deps.models.get(provider);
  const options = { signal: by.signal, maxOutputTokens: made.output, withinMs: by.withinMs };
  const turn = { owner: made.session, sessionId, turnId };
  const reply = isSubscribed
    ? await streamReply(publishAnswer(deps.feed, turn, by, citable), (onText) =>
        model.generate(prompt, { ...options, onText }),
      )
    : await model.generate(prompt, options);
  const { tokens, model: answeredBy, finishReason } = reply;
  const { dropped, ...grounded } = groundedAnswer(reply.text, {
    context,
    citable,
    provider,
    question: question.content,
    timeZone: input.context.timezone,
  });
  const answer = { ...grounded, tokens, model: answeredBy, provider, finishReason };
  const cited = answer.parts.filter(({ type }) => type === 'citation').length;
  return {
    answer,
    question,
    sources: citable.sources,
    queries,
    understood: context.understood,
    evictedTurns: made.evictedTurns,
    trace: { ...made.trace, markers: { issued: context.targets.size, cited, dropped } },
  };
}

/** What the model is asked, and what is to be known of that once it has answered. */
async function makePrompt(deps: AskModelDependencies, input: AskModelInput, by: Attempt) {
  const { tenant, sessionId, turnId, messageId, provider } = input;
  const asked = await deps.sessions.findQuestion(tenant, sessionId, messageId);
  if (asked === null) throw notFound('message', messageId);
  const { session, question, recent } = asked;
  const rules = rulesFor(session.scope.type);
  const window = { ...deps, window: deps.windowOf(provider), ratio: UNLEARNED_RATIO };
  const sizes = { rules: deps.countTokens(rules), question: deps.countTokens(question.content) };
  const plan = planWindow(window, sizes);
  const [context, isSuperseded] = await Promise.all([
    deps.contexts.load(session, input.context, question, plan.catalogue),
    deps.sessions.isSuperseded(turnId, messageId, by.generation),
  ]);
  // This worker was frozen: its attempt was given up, and another one has answered or is about to.
  if (isSuperseded) throw new AskError('unavailable', 'Another attempt has taken this turn over.');
  // A long transcript takes a tenth of a second to count, in which nobody else would be answered.
  for await (const piece of yieldCooperatively(piecesToCount(context.text))) deps.countTokens(piece);
  const beside = {
    rules: sizes.rules,
    question: sizes.question + deps.countTokens(context.notes),
    context: deps.countTokens(context.text),
  };
  const history = fitTurns(window, recent, beside, deps.countTokens);
  if (history === null) throw providerFailure(provider, 'context_too_long');
  const isShownWhole = input.context.kind === 'transcript' || input.context.method === 'whole';
  const prompt = {
    rules,
    context: context.text,
    contextIsStable: isShownWhole,
    history: history.shown.map((turn) => ({
      question: asWords(turn.question),
      answer: asWords(withoutThinking(turn.answer)),
    })),
    notes: context.notes,
    question: asWords(question.content),
  };
  return {
    ...{ session, question, context, prompt },
    output: plan.output,
    queries: isShownWhole ? [] : queriesFor(question.content, recent),
    evictedTurns: history.evictedTurns.map(({ position }) => position),
    trace: {
      context: traceOfContext(input.context),
      history: history.shown.map(({ position }) => position),
      catalogueTokens: plan.catalogue,
      tokens: tokensOfPrompt(prompt, deps.countTokens),
    },
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
