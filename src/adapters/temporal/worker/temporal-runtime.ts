import type { RuntimeOptions } from '@temporalio/worker';
import type { Config } from '../../../runtime/config.ts';
import { type ServiceLog, temporalLogger } from './temporal-logger.ts';

/** How the SDK's own runtime behaves in a worker process; installed once, before any connection. */
export function runtimeOptions({ WORKER_METRICS_ADDRESS: bindAddress }: Config, logger: ServiceLog): RuntimeOptions {
  return {
    // Signals are ours: the worker, its connections and the database close in one order.
    shutdownSignals: [],
    logger: temporalLogger(logger),
    telemetryOptions: {
      logging: { filter: 'WARN', forward: {} },
      ...(bindAddress === undefined ? {} : { metrics: { prometheus: { bindAddress, ...PROMETHEUS_NAMING } } }),
    },
  };
}

const PROMETHEUS_NAMING = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true };
