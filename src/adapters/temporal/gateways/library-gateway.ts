import {
  type Client,
  WorkflowContinuedAsNewError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type WorkflowStartOptions,
} from '@temporalio/client';
import {
  ERASE,
  type EraseInput,
  eraseWorkflowId,
  INDEX_TRANSCRIPT,
  type IndexInput,
  indexProgressQuery,
  indexWorkflowId,
  REDATE_RECORDING,
  type RedateInput,
  redateSignal,
  redateWorkflowId,
} from '../../../../workflows/contract.ts';
import type { Tenant } from '../../../domain/access/tenant.ts';
import type { LibraryGateway, StartedRun } from '../../../ports/library/library-gateway.ts';
import { erasureAttributesOf, searchAttributesOf } from '../client/search-attributes.ts';
import { callTemporal, isUnreachable } from '../client/update-errors.ts';
import { paceRuns } from './pace-runs.ts';

export interface LibraryGatewayOptions {
  client: Client;
  taskQueue: string;
  /** The longest time that a turn may take, in ms: an erasure looks once more after it. */
  turnBudgetMs: number;
}

type StartOptions = Omit<WorkflowStartOptions, 'taskQueue'>;

const QUERY_MS = 2_000;
/** How long anybody waits for the end of a run; it goes on by itself. */
const LONGEST_WAIT_MS = 5_000;

export function createLibraryGateway({ client, taskQueue, turnBudgetMs }: LibraryGatewayOptions): LibraryGateway {
  const { workflow } = client;
  const pace = paceRuns();
  return {
    async startIndexing(tenant, transcriptionId) {
      const input: IndexInput = { tenant, transcriptionId };
      await startInTurn(INDEX_TRANSCRIPT, tenant, {
        workflowId: indexWorkflowId(transcriptionId),
        args: [input],
        typedSearchAttributes: searchAttributesOf(tenant),
        staticSummary: `Index transcription ${transcriptionId}`,
      });
    },

    async startRedating(tenant, recordingId) {
      const input: RedateInput = { tenant, recordingId };
      await callTemporal(() =>
        workflow.signalWithStart(REDATE_RECORDING, {
          taskQueue,
          workflowId: redateWorkflowId(recordingId),
          args: [input],
          signal: redateSignal,
          typedSearchAttributes: searchAttributesOf(tenant),
          staticSummary: `Bring the date of recording ${recordingId} to the index`,
        }),
      );
    },

    async indexingProgress(transcriptionId) {
      const handle = workflow.getHandle(indexWorkflowId(transcriptionId));
      try {
        return await client.withDeadline(Date.now() + QUERY_MS, () => handle.query(indexProgressQuery));
      } catch {
        return null;
      }
    },

    async startErasure(tenant, target) {
      const input: EraseInput = { tenant, target, lookAgainMs: turnBudgetMs };
      return startInTurn(ERASE, tenant, {
        workflowId: eraseWorkflowId(target.id),
        args: [input],
        typedSearchAttributes: erasureAttributesOf(tenant, target),
        staticSummary: `Erase ${target.type} ${target.id}`,
      });
    },
  };

  function startInTurn(type: string, { projectId }: Tenant, options: StartOptions): Promise<StartedRun> {
    return pace(projectId, async () => {
      const runId = await startOnce(type, options);
      return { ended: firstEnd(options.workflowId, runId) };
    });
  }

  /** Waits for the end of a run, not of the run that only looks once more. */
  async function firstEnd(workflowId: string, runId: string | null): Promise<void> {
    const result = () => workflow.getHandle(workflowId, runId ?? undefined, { followRuns: false }).result();
    try {
      await client.withDeadline(Date.now() + LONGEST_WAIT_MS, result);
    } catch (error) {
      // The run is durable: nobody need see its end.
      const ended = error instanceof WorkflowFailedError || error instanceof WorkflowContinuedAsNewError;
      if (!isUnreachable(error) && !ended) throw error;
    }
  }

  /** @returns the run that it started; null where one was running already. */
  async function startOnce(type: string, options: StartOptions): Promise<string | null> {
    try {
      return (await callTemporal(() => workflow.start(type, { ...options, taskQueue }))).firstExecutionRunId;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      return null;
    }
  }
}
