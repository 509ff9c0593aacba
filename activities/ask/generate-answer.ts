import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../src/domain/ask/message.ts';
import { type AskModelDependencies, type AskModelInput, askModel, type ModelAnswer } from '../lib/ask-model.ts';
import { withHeartbeat } from '../lib/heartbeat.ts';
import { type RecordAnswerDependencies, type RecordedAnswer, recordAnswer } from './record-answer.ts';

export type GenerateAnswerDependencies = RecordAnswerDependencies & AskModelDependencies;

/** How the activity reaches its surroundings: Temporal's cancellation, and the sign of life that carries it. */
export interface Surroundings {
  signal(): AbortSignal;
  heartbeat(): void;
  /** From 1. */
  attempt(): number;
  /** When this attempt was scheduled, in ms. */
  scheduledAtMs(): number;
}

/** Within what an attempt has left after the model's own timeout. */
const STORE_MS = 3_000;

/** An answer, and where it stands; null when it could not be stored, as while the database is away. */
export type GeneratedAnswer = Answer & { recorded: RecordedAnswer | null };

/**
 * Asks the model once, resolves the citations of its reply, and stores the answer, so that it is never paid twice. One
 * attempt is one provider request.
 */
export function generateAnswer(deps: GenerateAnswerDependencies, surroundings: Surroundings) {
  const { signal, heartbeat, attempt, scheduledAtMs } = surroundings;
  return async (input: AskModelInput): Promise<GeneratedAnswer> => {
    const by = { signal: signal(), attempt: attempt(), generation: scheduledAtMs() };
    return withHeartbeat(heartbeat, async () => {
      const standing = by.attempt > 1 ? await findEarlierAnswer(deps, input, by.attempt) : null;
      const modelAnswer = standing ?? (await askModel(deps, input, by));
      return { ...modelAnswer.answer, recorded: await storeAnswer(deps, input, modelAnswer) };
    });
  };
}

/** The answer of an earlier attempt: one that Temporal does not know, because it was restored from a backup, must not be paid again. */
async function findEarlierAnswer(
  deps: GenerateAnswerDependencies,
  input: AskModelInput,
  attempt: number,
): Promise<ModelAnswer | null> {
  const { tenant, sessionId, turnId, messageId } = input;
  const [standing] = await Promise.all([
    deps.sessions.findAnswer(tenant, sessionId, messageId),
    deps.sessions.recordAttempt(tenant, sessionId, turnId, attempt),
  ]);
  if (standing === null) return null;
  const { content, parts, tokens, model, provider, finishReason, sources, retrieval } = standing;
  return {
    answer: { content, parts, tokens, model, provider, finishReason },
    sources,
    queries: retrieval?.queries ?? [],
    evictedTurns: [],
  };
}

async function storeAnswer(
  deps: GenerateAnswerDependencies,
  { listening: _l, provider: _p, turnId: _t, ...input }: AskModelInput,
  modelAnswer: ModelAnswer,
): Promise<RecordedAnswer | null> {
  // Whatever keeps it from being stored: the session has a step for that, which pays no model.
  const stored = recordAnswer(deps)({ ...input, ...modelAnswer }).catch(() => null);
  // A database that hangs must not cost the attempt its answer; whoever stores it second changes nothing.
  return Promise.race([stored, sleep(STORE_MS, null, { ref: false })]);
}
