import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { type GatherContextDependencies, gatherContextFor } from './gather-context.ts';
import {
  type RecordedQuestion,
  type RecordQuestionDependencies,
  type RecordQuestionInput,
  recordInSession,
} from './record-question.ts';

export interface BeginTurnResult extends RecordedQuestion {
  /** Null for a question that has an answer, and when the gathering failed: a step of its own tries that again. */
  context: ContextReference | null;
}

/**
 * Records the question and gathers the context, in one step: for a turn that needs only the database before the model is
 * asked. The question stays stored even when the context cannot be gathered. Idempotent.
 */
export function beginTurn(deps: RecordQuestionDependencies & GatherContextDependencies) {
  return async (input: RecordQuestionInput): Promise<BeginTurnResult> => {
    const { session, ...question } = await recordInSession(deps, input);
    if (question.answer !== null) return { ...question, context: null };
    const context = await gatherContextFor(deps, session, input).catch(() => null);
    return { ...question, context };
  };
}
