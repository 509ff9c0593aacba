/** Where the Temporal UI at `base` shows a workflow, or one run of it. */
export function runUrl(base: string, namespace: string, workflowId: string, runId?: string): string {
  const run = runId === undefined ? '' : `/${runId}/history`;
  const path = `namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}${run}`;
  return new URL(path, base.endsWith('/') ? base : `${base}/`).href;
}
