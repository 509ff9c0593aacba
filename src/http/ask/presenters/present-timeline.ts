import type { z } from 'zod';
import type { Turn } from '../../../domain/ask/turn.ts';
import type { TurnTimeline } from '../../../ports/ask/turn-timeline.ts';
import type { timeline } from '../schemas/timeline-schemas.ts';

/** @param forOperator whether the caller may see what operators see; an end user's key may not */
export function presentTimeline(turn: Turn, found: TurnTimeline, forOperator: boolean): z.infer<typeof timeline> {
  return {
    turn_id: turn.id,
    session_id: turn.sessionId,
    workflow_id: found.workflowId,
    run_id: found.runId,
    ui_url: forOperator ? found.uiUrl : null,
    steps: found.steps.map((step) => ({
      name: step.name,
      summary: step.summary,
      kind: step.kind,
      started_at: step.startedAt,
      completed_at: step.completedAt,
      waited_ms: step.waitedMs,
      attempts: step.attempts,
      status: step.status,
      failure: step.failure,
    })),
  };
}
