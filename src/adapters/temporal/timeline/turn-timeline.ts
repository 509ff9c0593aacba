import { type Client, type WorkflowExecutionInfo, WorkflowNotFoundError } from '@temporalio/client';
import { sessionWorkflowId } from '../../../../workflows/contract.ts';
import { isFinished, type Turn } from '../../../domain/ask/turn.ts';
import type { TurnTimeline, TurnTimelines } from '../../../ports/ask/turn-timeline.ts';
import { callTemporal } from '../client/update-errors.ts';
import { runUrl } from './run-url.ts';
import type { RunView } from './run-view.ts';
import { stepsAmong } from './steps.ts';
import { eventsOfTurn } from './turn-history.ts';

type Run = Pick<WorkflowExecutionInfo, 'runId' | 'startTime' | 'closeTime'> & Pick<RunView, 'pending'>;

/** The clocks of the API and of Temporal may differ so much. */
const SKEW_MS = 60_000;

/** @param options.uiUrl the Temporal UI's address, where operators have one. */
export function createTurnTimelines({ client, uiUrl }: { client: Client; uiUrl: string | undefined }): TurnTimelines {
  const { namespace, loadedDataConverter: converter } = client.options;

  return { find: (turn) => callTemporal(() => find(turn)) };

  async function find(turn: Turn): Promise<TurnTimeline | null> {
    for await (const run of runsWith(turn)) {
      const timeline = await timelineIn(run, turn);
      if (timeline !== null) return timeline;
    }
    return null;
  }

  /** The runs that may have run the turn, latest first. */
  async function* runsWith(turn: Turn): AsyncIterable<Run> {
    const workflowId = sessionWorkflowId(turn.sessionId);
    const latest = await nullIfGone(client.workflow.getHandle(workflowId).describe());
    if (latest === null) return;
    const { from, until } = spanOf(turn);
    if (latest.startTime.toISOString() <= until) yield { ...latest, pending: latest.raw.pendingActivities ?? [] };
    const closedSince = `StartTime <= '${until}' AND CloseTime >= '${from}'`;
    for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}' AND ${closedSince}` })) {
      if (run.runId !== latest.runId) yield { ...run, pending: [] };
    }
  }

  async function timelineIn(run: Run, turn: Turn): Promise<TurnTimeline | null> {
    const workflowId = sessionWorkflowId(turn.sessionId);
    const { runId, pending, closeTime } = run;
    const history = await nullIfGone(client.workflow.getHandle(workflowId, runId).fetchHistory());
    if (history === null) return null;
    const events = history.events ?? [];
    const closedAt = closeTime ?? null;
    // A turn that has just begun is not in the history before its first workflow task is over.
    const justBegun = closedAt === null && !isFinished(turn.status);
    const own = eventsOfTurn(events, turn.id) ?? (justBegun ? [] : null);
    if (own === null) return null;
    const steps = await stepsAmong(own, { events, pending, closedAt, converter });
    return { workflowId, runId, uiUrl: uiUrl ? runUrl(uiUrl, namespace, workflowId, runId) : null, steps };
  }
}

/** null for a run that is no longer kept. */
async function nullIfGone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** The time in which the turn was accepted and ran. */
function spanOf({ createdAt, completedAt }: Turn): { from: string; until: string } {
  const shifted = (time: string | number, ms: number) => new Date(new Date(time).getTime() + ms).toISOString();
  return { from: shifted(createdAt, -SKEW_MS), until: shifted(completedAt ?? Date.now(), SKEW_MS) };
}
