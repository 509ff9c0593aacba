import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';

/** What a process does for traces: what its Temporal client and worker take, and the end of it. */
export interface Tracing {
  clientInterceptors: WorkflowClientInterceptor[];
  worker: Pick<WorkerOptions, 'interceptors' | 'sinks'>;
  /** Sends what is still waiting. */
  close(): Promise<void>;
}
