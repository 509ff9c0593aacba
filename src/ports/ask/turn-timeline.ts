import type { Turn } from '../../domain/ask/turn.ts';
import type { ErrorKind } from '../../domain/shared/errors.ts';

export const STEP_STATUSES = ['running', 'completed', 'failed', 'cancelled', 'retrying'] as const;

/** Why an attempt of a step failed: classes only, never a text. */
export interface StepFailure {
  kind: ErrorKind;
  /** The reason of a provider error, or the kind of timeout of a step that ran out of time; else null. */
  reason: string | null;
}

/** One activity of a turn. Times are ISO 8601. */
export interface TimelineStep {
  name: string;
  summary: string;
  /** Local steps run inside the workflow task and leave no event before they end; durable ones are seen from the start. */
  kind: 'local' | 'durable';
  startedAt: string;
  completedAt: string | null;
  /** From the start until its last attempt began: waiting for a worker, and earlier attempts. 0 for a local step. */
  waitedMs: number;
  attempts: number;
  status: (typeof STEP_STATUSES)[number];
  /** The last failed attempt's, also when a later attempt succeeded. */
  failure: StepFailure | null;
}

export interface TurnTimeline {
  workflowId: string;
  runId: string;
  /** The run in the Temporal UI; null where none is configured. */
  uiUrl: string | null;
  steps: TimelineStep[];
}

/** What the history of a session's runs tells of its turns. Throws AskError `unavailable` when Temporal is away. */
export interface TurnTimelines {
  /** The latest run of the turn; null when its history is no longer kept. */
  find(turn: Turn): Promise<TurnTimeline | null>;
}
