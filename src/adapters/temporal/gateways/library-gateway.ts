import {
  type Client,
  WorkflowContinuedAsNewError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
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
import type { LibraryGateway } from '../../../ports/library/library-gateway.ts';
import { erasureAttributesOf, searchAttributesOf } from '../client/search-attributes.ts';
import { callTemporal, isUnreachable } from '../client/update-errors.ts';

export interface LibraryGatewayOptions {
  client: Client;
  taskQueue: string;
  /** The longest time that a turn may take, in ms: an erasure looks once more after it. */
  turnBudgetMs: number;
}

const QUERY_MS = 2_000;
/** How long a request waits for an erasure that it started; the erasure goes on without it. */
const ERASE_WAIT_MS = 5_000;

export function createLibraryGateway({ client, taskQueue, turnBudgetMs }: LibraryGatewayOptions): LibraryGateway {
  const { workflow } = client;
  return {
    async startIndexing(tenant, transcriptionId) {
      const input: IndexInput = { tenant, transcriptionId };
      await startOnce(INDEX_TRANSCRIPT, {
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
      return startOnce(ERASE, {
        workflowId: eraseWorkflowId(target.id),
        args: [input],
        typedSearchAttributes: erasureAttributesOf(tenant, target),
        staticSummary: `Erase ${target.type} ${target.id}`,
      });
    },

    async awaitErasure(id, runId) {
      // Its next run only looks once more.
      const result = () => workflow.getHandle(eraseWorkflowId(id), runId ?? undefined, { followRuns: false }).result();
      try {
        await client.withDeadline(Date.now() + ERASE_WAIT_MS, result);
      } catch (error) {
        // What is erased was hidden before, and the erasure is durable: a request need not see its end.
        const ended = error instanceof WorkflowFailedError || error instanceof WorkflowContinuedAsNewError;
        if (!isUnreachable(error) && !ended) throw error;
      }
    },
  };

  /** @returns the run that it started; null where one was running already. */
  async function startOnce(
    type: string,
    options: Omit<Parameters<typeof workflow.start>[1], 'taskQueue'>,
  ): Promise<string | null> {
    try {
      return (await callTemporal(() => workflow.start(type, { ...options, taskQueue }))).firstExecutionRunId;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      return null;
    }
  }
}
