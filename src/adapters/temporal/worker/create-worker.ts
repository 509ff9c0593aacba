import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Activities } from '../../../../activities/index.ts';
import type { Config } from '../../../runtime/config.ts';
import { dataConverterFor } from '../payloads/data-converter.ts';
import { activityLogContext } from './activity-log-context.ts';
import { workflowBundle, workflowInterceptors } from './workflow-bundle.ts';

export interface WorkerSetup {
  connection: NativeConnection;
  activities: Activities;
  config: Config;
  /** What traces need, where they are sent. */
  tracing?: Pick<WorkerOptions, 'interceptors' | 'sinks'>;
  /** Where the workflow bundle is kept between starts. */
  bundleDir: string;
}

/** The worker of all workflows and activities, with the reasons for what differs from the SDK's defaults. */
export async function createWorker({
  connection,
  activities,
  config,
  tracing,
  bundleDir,
}: WorkerSetup): Promise<Worker> {
  const dataConverter = dataConverterFor(config);
  return Worker.create({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: config.TEMPORAL_TASK_QUEUE,
    dataConverter,
    workflowBundle: await workflowBundle(bundleDir, dataConverter, workflowInterceptors(config)),
    ...(tracing?.sinks && { sinks: tracing.sinks }),
    interceptors: {
      ...tracing?.interceptors,
      activity: [activityLogContext, ...(tracing?.interceptors?.activity ?? [])],
    },
    activities,
    ...versionOf(config),
    // Model calls only wait: with the SDK's 100, one project whose provider hangs would hold up everybody's questions.
    maxConcurrentActivityTaskExecutions: 1_000,
    // Sessions of a worker that died go to another one after this long instead of ten seconds.
    stickyQueueScheduleToStartTimeout: '1s',
    // A cancelled model call hears of it with its next heartbeat.
    maxHeartbeatThrottleInterval: '2s',
    shutdownGraceTime: config.SHUTDOWN_GRACE_MS,
    shutdownForceTime: config.SHUTDOWN_GRACE_MS + 5_000,
  });
}

/**
 * In production a session stays with the version of the code that began it, and the next one takes the current version.
 * The embedded stack has one worker, which must replay whatever an earlier one began.
 */
function versionOf({
  WORKER_DEPLOYMENT: deploymentName,
  WORKER_BUILD_ID: buildId,
}: Config): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (buildId === undefined) return {};
  return {
    workerDeploymentOptions: {
      version: { deploymentName, buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'PINNED',
    },
  };
}
