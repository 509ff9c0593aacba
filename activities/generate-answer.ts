import { parseReply } from '../src/domain/citations.ts';
import type { ContextReference } from '../src/domain/context-reference.ts';
import { AskError, notFound, providerFailure } from '../src/domain/errors.ts';
import { fitHistory } from '../src/domain/history.ts';
import type { MessageId, SessionId, TurnId } from '../src/domain/ids.ts';
import type { Answer } from '../src/domain/message.ts';
import { asWords, type PromptContext, rulesFor } from '../src/domain/prompt-text.ts';
import type { Provider } from '../src/domain/provider.ts';
import type { Source } from '../src/domain/source.ts';
import type { Tenant } from '../src/domain/tenant.ts';
import type { Listening } from '../src/domain/turn.ts';
import type { LanguageModels, ModelReply } from '../src/ports/language-model.ts';
import type { TurnFeed } from '../src/ports/turn-feed.ts';
import { type Broadcast, broadcast } from './answer-broadcast.ts';
import type { PromptContexts } from './prompt-contexts.ts';
import { type RecordAnswerDependencies, type RecordedAnswer, recordAnswer } from './record-answer.ts';

export interface GenerateAnswerInput {
  tenant: Tenant;
  sessionId: SessionId;
  turnId: TurnId;
  messageId: MessageId;
  provider: Provider;
  context: ContextReference;
  /** Whether somebody reads along: `maybe` says that it is to be looked up. */
  listening?: Listening;
}

export interface GenerateAnswerDependencies extends RecordAnswerDependencies {
  models: LanguageModels;
  contexts: PromptContexts;
  feed: TurnFeed;
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
  /** When this attempt was scheduled, in ms. */
  scheduledAtMs(): number;
}

/** What the model was paid for. */
interface Paid {
  answer: Answer;
  sources: Source[];
}

interface Attempt {
  signal: AbortSignal;
  attempt: number;
  generation: number;
}

/** An answer, and where it stands; null while the database is away. */
export type GeneratedAnswer = Answer & { recorded: RecordedAnswer | null };

/**
 * Asks the model once, proves the citations of its reply, and stores the answer: whatever happens to this worker next, it
 * need not be paid again. One attempt is one provider request.
 */
export function generateAnswer(deps: GenerateAnswerDependencies, surroundings: Surroundings) {
  const { signal, heartbeat, attempt, scheduledAtMs } = surroundings;
  return async (input: GenerateAnswerInput): Promise<GeneratedAnswer> => {
    const by = { signal: signal(), attempt: attempt(), generation: scheduledAtMs() };
    const beating = setInterval(heartbeat, 1_000);
    try {
      const standing = by.attempt > 1 ? await before(deps, input, by.attempt) : null;
      const paid = standing ?? (await answer(deps, input, by));
      return { ...paid.answer, recorded: await recorded(deps, input, paid) };
    } finally {
      clearInterval(beating);
    }
  };
}

/** What came of earlier attempts: an answer that Temporal knows nothing of, restored from a backup, must not be paid again. */
async function before(
  deps: GenerateAnswerDependencies,
  input: GenerateAnswerInput,
  attempt: number,
): Promise<Paid | null> {
  const { tenant, sessionId, turnId, messageId } = input;
  const [standing] = await Promise.all([
    deps.sessions.findAnswer(tenant, sessionId, messageId),
    deps.sessions.recordAttempt(tenant, turnId, attempt),
  ]);
  if (standing === null) return null;
  const { content, parts, tokens, model, provider, finishReason, sources } = standing;
  return { answer: { content, parts, tokens, model, provider, finishReason }, sources };
}

async function recorded(
  deps: GenerateAnswerDependencies,
  { listening: _l, provider: _p, ...input }: GenerateAnswerInput,
  paid: Paid,
): Promise<RecordedAnswer | null> {
  // Of a run from before scores stood beside the ids: its workflow has them.
  if (input.context.kind === 'passages' && input.context.scores === undefined) return null;
  try {
    return await recordAnswer(deps)({ ...input, ...paid });
  } catch (error) {
    if (error instanceof AskError && error.kind === 'unavailable') return null;
    throw error;
  }
}

async function answer(deps: GenerateAnswerDependencies, input: GenerateAnswerInput, by: Attempt): Promise<Paid> {
  const { tenant, sessionId, turnId, messageId, provider } = input;
  const [asked, heard] = await Promise.all([
    deps.sessions.findAsked(tenant, sessionId, messageId),
    isHeard(deps.feed, input),
  ]);
  if (asked === null) throw notFound('message', messageId);
  const { session, question, recent } = asked;
  const context = await deps.contexts.load(session, input.context);
  const prompt = {
    rules: rulesFor(session.scope.type),
    context: context.text,
    contextIsStable: input.context.kind === 'transcript',
    history: fitHistory(recent, deps.historyTokens, deps.countTokens).map((turn) => ({
      question: asWords(turn.question),
      answer: asWords(turn.answer),
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
  return { answer, sources: context.sources };
}

async function isHeard(feed: TurnFeed, { turnId, listening }: GenerateAnswerInput): Promise<boolean> {
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
