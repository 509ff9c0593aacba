import { randomUUID } from 'node:crypto';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { ASK_SESSION } from '../../../../workflows/contract.ts';
import { workflowBundle } from './workflow-bundle.ts';

export interface EndingOptions {
  client: Client;
  taskQueue: string;
  dataConverter: DataConverter;
  /** Where the workflow bundle is kept between starts. */
  cacheDir: string;
  /** Stands in the history of each session run that is ended. */
  reason: string;
  /** After this long the runs that are left are ended without a replay. */
  timeoutMs: number;
  /** Hears before each replay how many runs were replayed. */
  onProgress(replayed: number): void;
}

/** How many runs were ended: runs of sessions, and runs of other workflows, which began anew. */
export interface EndedRuns {
  sessions: number;
  begunAnew: number;
}

interface Run {
  workflowId: string;
  history: History;
}

/**
 * Ends the open runs that the workflow code of this checkout cannot replay. A worker would fail the workflow tasks of such
 * a run for ever, and every question to its session would wait for it. After this the next question starts a new run of
 * the session. The steps of all other workflows are idempotent: their runs begin anew with their own input.
 *
 * Call it while no worker runs. An interrupted call may be repeated.
 */
export async function endUnreplayableRuns(options: EndingOptions): Promise<EndedRuns> {
  const { client, dataConverter } = options;
  const bundle = await workflowBundle(options.cacheDir, dataConverter);
  const runs = openRuns(client, options.taskQueue);
  const deadline = Date.now() + options.timeoutMs;
  const ended: EndedRuns = { sessions: 0, begunAnew: 0 };
  let current: Run | undefined;

  for await (const { error } of Worker.runReplayHistories({ workflowBundle: bundle, dataConverter }, inTime())) {
    if (error !== undefined && current !== undefined) await end(current);
  }
  for await (const run of runs) await end(run);
  return ended;

  /** The SDK takes the next run only after it has told the result of the one before. */
  async function* inTime(): AsyncIterable<Run> {
    for (let replayed = 0; Date.now() < deadline; replayed++) {
      const next = await runs.next();
      if (next.done) return;
      current = next.value;
      options.onProgress(replayed);
      yield current;
    }
  }

  async function end(run: Run): Promise<void> {
    if (startOf(run).workflowType?.name === ASK_SESSION) {
      await terminate(client, run.workflowId, options.reason);
      ended.sessions++;
    } else {
      await beginAnew(client, run);
      ended.begunAnew++;
    }
  }
}

async function* openRuns(client: Client, taskQueue: string): AsyncGenerator<Run, void> {
  const query = `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    yield { workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() };
  }
}

async function terminate(client: Client, workflowId: string, reason: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).terminate(reason);
  } catch (error) {
    // The list of open runs lags behind: an interrupted call has ended this one.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** Ends the run and starts the next one in one step of the server, so that no interruption can lose it. */
async function beginAnew(client: Client, run: Run): Promise<void> {
  const start = startOf(run);
  const { workflowType = null, taskQueue = null, input = null } = start;
  const { memo = null, header = null, searchAttributes = null } = start;
  const { WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING } = proto.temporal.api.enums.v1.WorkflowIdConflictPolicy;
  await client.workflowService.startWorkflowExecution({
    namespace: client.options.namespace,
    identity: client.options.identity,
    requestId: randomUUID(),
    workflowId: run.workflowId,
    workflowIdConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
    userMetadata: run.history.events?.[0]?.userMetadata ?? null,
    ...{ workflowType, taskQueue, input, memo, header, searchAttributes },
  });
}

function startOf({ workflowId, history }: Run) {
  const start = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  if (!start) throw new Error(`The history of ${workflowId} does not begin with a start`);
  return start;
}
