import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from './workflow-bundle.ts';

export interface RecordedRun {
  workflowId: string;
  history: History;
}

export interface Replayed {
  workflowId: string;
  /** Why the current code cannot have made this history; null when it can. */
  violation: string | null;
}

/** Replays each history with the workflow code of this checkout. */
export async function* replay(
  runs: AsyncIterable<RecordedRun> | Iterable<RecordedRun>,
  { cacheDir, dataConverter }: { cacheDir: string; dataConverter: DataConverter },
): AsyncIterable<Replayed> {
  const bundle = await workflowBundle(cacheDir, dataConverter, [], { stackTraces: true });
  const results = Worker.runReplayHistories({ workflowBundle: bundle, dataConverter }, runs);
  for await (const { workflowId, error } of results) yield { workflowId, violation: error?.message ?? null };
}

/** The histories of the runs that a list filter finds, newest first. */
export async function* recordedRuns(client: Client, query: string, limit: number): AsyncIterable<RecordedRun> {
  let left = limit;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    if (left-- === 0) return;
    yield { workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() };
  }
}
