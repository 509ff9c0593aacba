import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import packageJson from '../../package.json' with { type: 'json' };
import { lazyConnection } from '../adapters/temporal/client/connection.ts';
import { dataConverterFor } from '../adapters/temporal/payloads/data-converter.ts';
import { endUnreplayableRuns } from '../adapters/temporal/worker/end-unreplayable-runs.ts';
import { runtimeOptions } from '../adapters/temporal/worker/temporal-runtime.ts';
import { loadConfig } from '../runtime/config.ts';
import { createLogger } from '../runtime/logger.ts';

/**
 * The process behind `local/stack/new-release.ts`. It sends `{replayed}` while it works, and `{sessions, begunAnew}` when it is done,
 * and ends with its parent.
 */
const TIMEOUT_MS = 60_000;
const REPORT_EVERY = 100;

const config = loadConfig();
process.once('disconnect', () => process.exit());
Runtime.install(runtimeOptions(config, createLogger('new-release', config)));
const connection = await lazyConnection(config);
const ended = await endUnreplayableRuns({
  client: new Client({ connection, namespace: config.TEMPORAL_NAMESPACE }),
  taskQueue: config.TEMPORAL_TASK_QUEUE,
  dataConverter: dataConverterFor(config),
  cacheDir: join(config.ASK_STATE_DIR, 'cache'),
  reason: `Release ${packageJson.version} cannot continue this run. The next question starts a new one.`,
  timeoutMs: TIMEOUT_MS,
  onProgress: (replayed) => {
    if (replayed % REPORT_EVERY === 0) process.send?.({ replayed });
  },
});
await connection.close();
process.send?.(ended);
