import { setTimeout as sleep } from 'node:timers/promises';
import { FairQueue } from '../../src/domain/access/fair-queue.ts';
import { withoutTranscriptWords } from '../../src/domain/ask/erased-words.ts';
import type { Answer } from '../../src/domain/ask/message.ts';
import { type AskModelDependencies, type AskModelInput, askModel, type NewAnswer } from '../lib/ask-model.ts';
import { withHeartbeat } from '../lib/heartbeat.ts';
import { type AnswerReceipt, type RecordAnswerDependencies, recordAnswer } from './record-answer.ts';

export type GenerateAnswerDependencies = RecordAnswerDependencies & Omit<AskModelDependencies, 'prompting'>;

/** Prompts that a worker makes at once. A long one takes a tenth of a second of the thread that serves all. */
const PROMPTING = { slots: 3, perOwner: 2 };

/** How the activity reaches its surroundings: Temporal's cancellation, and the sign of life that carries it. */
export interface Surroundings {
  signal(): AbortSignal;
  heartbeat(): void;
  /** From 1. */
  attempt(): number;
  /** When this attempt was scheduled, in ms. */
  scheduledAtMs(): number;
  /** What the turn's budget left for this attempt when it was scheduled, in ms. */
  remainingMs(): number;
}

/** An attempt ends by itself so long before the turn's budget does, because a failure of its own tells what went wrong. */
const END_MS = 1_500;
const LEAST_MS = 500;

/** Within what an attempt has left after the model's own timeout. */
const STORE_MS = 3_000;

/** An answer, and the receipt of the store; null when it could not be stored, as while the database is away. */
export type GeneratedAnswer = Answer & { receipt: AnswerReceipt | null };

/**
 * Asks the model once, resolves the citations of its reply, and stores the answer, so that it is never paid twice. One
 * attempt is one provider request.
 */
export function generateAnswer(deps: GenerateAnswerDependencies, surroundings: Surroundings) {
  const { signal, heartbeat, attempt, scheduledAtMs, remainingMs } = surroundings;
  const prompting = new FairQueue(PROMPTING);
  return async (input: AskModelInput): Promise<GeneratedAnswer> => {
    const withinMs = Math.max(remainingMs() - END_MS, LEAST_MS);
    const by = { signal: signal(), attempt: attempt(), generation: scheduledAtMs(), withinMs };
    return withHeartbeat(heartbeat, async () => {
      const earlier = by.attempt > 1 || input.isFallback ? await findEarlierAnswer(deps, input, by) : null;
      const toStore = earlier ?? (await askModel({ ...deps, prompting }, input, by));
      const receipt = await storeAnswer(deps, input, toStore);
      // What is said in a recording stands in the database alone, where it can be erased.
      const answer = receipt === null ? toStore.answer : withoutTranscriptWords(toStore.answer, () => true);
      return { ...answer, receipt };
    });
  };
}

/** The answer of an earlier attempt: one that Temporal does not know, because it was restored from a backup, must not be paid again. */
async function findEarlierAnswer(
  deps: GenerateAnswerDependencies,
  input: AskModelInput,
  by: { attempt: number; generation: number },
): Promise<NewAnswer | null> {
  const { tenant, sessionId, turnId, messageId } = input;
  const [earlier] = await Promise.all([
    deps.sessions.findAnswer(tenant, sessionId, messageId),
    deps.sessions.recordAttempt(tenant, sessionId, turnId, by),
  ]);
  if (earlier === null) return null;
  const { content, parts, tokens, model, provider, finishReason, grounding, sources, retrieval } = earlier;
  return {
    answer: { content, parts, tokens, model, provider, finishReason, grounding },
    sources,
    queries: retrieval?.queries ?? [],
    understood: retrieval?.understood ?? [],
    evictedTurns: [],
  };
}

async function storeAnswer(
  deps: GenerateAnswerDependencies,
  { subscribers: _l, provider: _p, isFallback: _f, ...input }: AskModelInput,
  toStore: NewAnswer,
): Promise<AnswerReceipt | null> {
  // When the store fails, the session stores the answer by a step of its own, which pays no model.
  const stored = recordAnswer(deps)({ ...input, ...toStore }).catch(() => null);
  // A database that hangs must not cost the attempt its answer. A second store of the same answer changes nothing.
  return Promise.race([stored, sleep(STORE_MS, null, { ref: false })]);
}
