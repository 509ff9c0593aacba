import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowFailedError } from '@temporalio/client';
import {
  ERASE,
  type EraseInput,
  eraseWorkflowId,
  INDEX_TRANSCRIPT,
  type IndexInput,
  indexProgressQuery,
  indexWorkflowId,
} from '../../../../workflows/contract.ts';
import type { LibraryGateway } from '../../../ports/library/library-gateway.ts';
import { searchAttributesOf } from '../client/search-attributes.ts';
import { callTemporal, isUnreachable } from '../client/update-errors.ts';

export interface LibraryGatewayOptions {
  client: Client;
  taskQueue: string;
}

const QUERY_MS = 2_000;
/** How long a request waits for an erasure that it started; the erasure goes on without it. */
const ERASE_WAIT_MS = 5_000;

export function createLibraryGateway({ client, taskQueue }: LibraryGatewayOptions): LibraryGateway {
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

    async indexingProgress(transcriptionId) {
      const handle = workflow.getHandle(indexWorkflowId(transcriptionId));
      try {
        return await client.withDeadline(Date.now() + QUERY_MS, () => handle.query(indexProgressQuery));
      } catch {
        return null;
      }
    },

    async startErasure(tenant, target) {
      const input: EraseInput = { tenant, target };
      await startOnce(ERASE, {
        workflowId: eraseWorkflowId(target.id),
        args: [input],
        staticSummary: `Erase ${target.type} ${target.id}`,
      });
    },

    async awaitErasure(id) {
      const result = () => workflow.getHandle(eraseWorkflowId(id)).result();
      try {
        await client.withDeadline(Date.now() + ERASE_WAIT_MS, result);
      } catch (error) {
        // What is erased was hidden before, and the erasure is durable: a request need not see its end.
        if (!isUnreachable(error) && !(error instanceof WorkflowFailedError)) throw error;
      }
    },
  };

  async function startOnce(
    type: string,
    options: Omit<Parameters<typeof workflow.start>[1], 'taskQueue'>,
  ): Promise<void> {
    try {
      await callTemporal(() => workflow.start(type, { ...options, taskQueue }));
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
}
