import { type GatherContextDependencies, type GatheredContext, gatherContext } from './gather-context.ts';
import {
  type RecordedTurn,
  type RecordQuestionDependencies,
  type RecordQuestionInput,
  recordQuestion,
} from './record-question.ts';

export interface BegunTurn extends RecordedTurn {
  /** What the answer will rest on; null when it could not be gathered, which a step of its own tries again. */
  context: GatheredContext | null;
}

/**
 * Records the question and gathers the context meanwhile, in one step: for a turn that needs only the database before the
 * model is asked. The question stands whatever comes of the context. Idempotent.
 */
export function beginTurn(deps: RecordQuestionDependencies & GatherContextDependencies) {
  const record = recordQuestion(deps);
  const gather = gatherContext(deps);
  return async (input: RecordQuestionInput): Promise<BegunTurn> => {
    const { tenant, sessionId, create, question } = input;
    const [recorded, gathered] = await Promise.allSettled([
      record(input),
      gather({ tenant, sessionId, create, question: question.content }),
    ]);
    if (recorded.status === 'rejected') throw recorded.reason;
    return { ...recorded.value, context: gathered.status === 'fulfilled' ? gathered.value : null };
  };
}
