import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import {
  LAST_OUTCOME,
  pauseReindexSignal,
  REINDEX,
  type ReindexInput,
  reindexProgressQuery,
  reindexWorkflowId,
  resumeReindexSignal,
} from '../../../../workflows/contract.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { RebuildProgress, RebuildRun, ReindexGateway } from '../../../ports/library/reindex-gateway.ts';
import { callTemporal } from '../client/update-errors.ts';

export interface ReindexGatewayOptions {
  client: Client;
  taskQueue: string;
  clock: Clock;
  /** How long the old index stays after the switch, in ms. */
  graceMs?: number;
}

/** Longer than any process keeps in memory which index serves. */
const GRACE_MS = 60_000;
const QUERY_MS = 5_000;
const PROJECT = defineSearchAttributeKey('AskProject', 'KEYWORD');

export function createReindexGateway({ client, taskQueue, clock, graceMs = GRACE_MS }: ReindexGatewayOptions) {
  const { workflow } = client;
  const workflowId = reindexWorkflowId(taskQueue);
  const handle = () => workflow.getHandle(workflowId);

  const gateway: ReindexGateway = {
    async start({ projectId, target, tokensPerMinute }) {
      // No two rebuilds begin in one millisecond, because one must have ended before the next begins.
      const build = { target, generation: clock.now().getTime().toString(36) };
      const input: ReindexInput = { projectId, build, tokensPerMinute, graceMs };
      const ofProject = projectId === null ? [] : [{ key: PROJECT, value: projectId }];
      try {
        await callTemporal(() =>
          workflow.start(REINDEX, {
            taskQueue,
            workflowId,
            args: [input],
            typedSearchAttributes: new TypedSearchAttributes([...ofProject, { key: LAST_OUTCOME, value: 'none' }]),
            staticSummary: `Rebuild the index of ${projectId ?? 'every project'} at ${target}`,
          }),
        );
        return build;
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        return null;
      }
    },

    async latest() {
      try {
        const { status } = await callTemporal(() => handle().describe());
        return { status: STATUSES[status.name] ?? 'failed', progress: await progressOf() };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },

    async steer(how) {
      try {
        await callTemporal(async () => {
          if (how === 'cancel') await handle().cancel();
          else await handle().signal(how === 'pause' ? pauseReindexSignal : resumeReindexSignal);
        });
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        throw new AskError('not_found', 'No rebuild of the index is under way.');
      }
    },
  };
  return gateway;

  /** Null when no worker answers in time. */
  async function progressOf(): Promise<RebuildProgress | null> {
    try {
      return await client.withDeadline(Date.now() + QUERY_MS, () => handle().query(reindexProgressQuery));
    } catch {
      return null;
    }
  }
}

const STATUSES: Partial<Record<string, RebuildRun['status']>> = {
  RUNNING: 'running',
  CONTINUED_AS_NEW: 'running',
  COMPLETED: 'completed',
  CANCELLED: 'cancelled',
};
