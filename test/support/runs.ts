import { Client, Connection } from '@temporalio/client';

/** What Temporal shows of a run to everyone who may look at it, as text; payloads of the history are left out. */
export async function shownOf(address: string, workflowId: string): Promise<string> {
  const connection = await Connection.connect({ address });
  try {
    const { workflow, workflowService } = new Client({ connection });
    const execution = { workflowId };
    const described = await workflowService.describeWorkflowExecution({ namespace: 'default', execution });
    const history = await workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution });
    const metadata = await workflow
      .getHandle(workflowId)
      .query('__temporal_workflow_metadata')
      .catch(() => null);
    return readable([described, shownParts(history.history?.events ?? []), metadata]);
  } finally {
    await connection.close();
  }
}

/** Parts that are shown without decoding, or never encrypted. */
const SHOWN = new Set(['failure', 'lastFailure', 'memo', 'searchAttributes', 'userMetadata', 'header', 'identity']);

function shownParts(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([key, inner]) => (SHOWN.has(key) ? [inner] : shownParts(inner)));
}

function readable(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (typeof value === 'bigint' || typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${readable(inner)}`)
    .join('\n');
}
