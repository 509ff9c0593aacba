import type { ContextReference } from '../../src/domain/answering/context-reference.ts';
import { type GatherContextDependencies, gatherContextFor } from './gather-context.ts';
import {
  type RecordedTurn,
  type RecordQuestionDependencies,
  type RecordQuestionInput,
  recordTurn,
} from './record-question.ts';

export interface BegunTurn extends RecordedTurn {
  /**
   * What the answer will rest on; null for a question that has an answer, and when it could not be gathered, which a step
   * of its own tries again.
   */
  context: ContextReference | null;
}

/**
 * Records the question and gathers the context, in one step: for a turn that needs only the database before the model is
 * asked. The question stands whatever comes of the context. Idempotent.
 */
export function beginTurn(deps: RecordQuestionDependencies & GatherContextDependencies) {
  return async (input: RecordQuestionInput): Promise<BegunTurn> => {
    const { session, ...recorded } = await recordTurn(deps, input);
    if (recorded.answer !== null) return { ...recorded, context: null };
    const context = await gatherContextFor(deps, session, input).catch(() => null);
    return { ...recorded, context };
  };
}
