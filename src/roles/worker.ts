import { hostname } from 'node:os';
import { join } from 'node:path';
import { Context } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import { Counter } from 'prom-client';
import { createActivities } from '../../activities/index.ts';
import { meteredModels } from '../adapters/models/metered.ts';
import { createLanguageModels } from '../adapters/models/registry.ts';
import { tracedModels } from '../adapters/models/traced.ts';
import { orphanFinder } from '../adapters/mongo/audit/audited-database.ts';
import { connectMongo, createStores, ensureIndexes, openIndexStates } from '../adapters/mongo/index.ts';
import { createSearchIndexes, initialIndex } from '../adapters/pinecone/index.ts';
import { nativeConnection } from '../adapters/temporal/client/native-connection.ts';
import { registerSearchAttributes } from '../adapters/temporal/client/register-search-attributes.ts';
import { createLibraryGateway } from '../adapters/temporal/gateways/library-gateway.ts';
import { ensureMaintenance } from '../adapters/temporal/gateways/maintenance.ts';
import { createReindexGateway } from '../adapters/temporal/gateways/reindex-gateway.ts';
import { createWorkflowRuns } from '../adapters/temporal/gateways/workflow-runs.ts';
import { dataConverterFor } from '../adapters/temporal/payloads/data-converter.ts';
import { createWorker } from '../adapters/temporal/worker/create-worker.ts';
import { runtimeOptions } from '../adapters/temporal/worker/temporal-runtime.ts';
import { digest } from '../domain/shared/sha256-digest.ts';
import { countTokens } from '../domain/shared/tokens.ts';
import { systemClock } from '../runtime/clock-and-ids.ts';
import { assertDefaultProvider, loadConfig, required } from '../runtime/config.ts';
import { createLogger, droppedLogLines } from '../runtime/logger.ts';
import { endOnBadSettings, reportReady, stopOnSignal } from '../runtime/process.ts';
import { listen } from '../runtime/servers/listen.ts';
import { createMetricsServer } from '../runtime/servers/metrics-server.ts';
import { processMetrics } from '../runtime/servers/process-metrics.ts';
import { startTracing } from '../runtime/tracing/start-tracing.ts';
import { BUFFER_POOL_BYTES } from '../runtime/tuning.ts';
import { createPromptContexts } from '../use-cases/answering/prompt-contexts.ts';
import { createScopes } from '../use-cases/answering/scopes.ts';
import { longestTranscript, publishProviders } from '../use-cases/ask/publish-providers.ts';
import { createModelFollower } from '../use-cases/library/follow-model.ts';
import { createRoutedRetriever } from '../use-cases/library/routed-retriever.ts';

Buffer.poolSize = BUFFER_POOL_BYTES;

/** The local index may come up after its workers, and with another model. */
const FOLLOW_MODEL_MS = 15_000;
const MAINTAIN_MS = 10 * 60_000;

/** The worker role: runs the workflows and their activities. */
endOnBadSettings();
const config = loadConfig();
assertDefaultProvider(config);
const logger = createLogger('worker', config);
const tracing = await startTracing('ask-worker', config);
Runtime.install(runtimeOptions(config, logger));
const metrics = processMetrics(droppedLogLines);

const mongo = await connectMongo(required(config, 'MONGODB_URI'), { appName: 'ask-worker' });
await ensureIndexes(mongo);
const onBackgroundError = (err: unknown) => logger.warn({ err }, 'a background write failed');
const stores = createStores(mongo, { clock: systemClock, onBackgroundError });
const indexStates = openIndexStates(mongo, systemClock, initialIndex(config));
const indexes = createSearchIndexes(config);
const connection = await nativeConnection(config);
const client = new Client({
  connection,
  namespace: config.TEMPORAL_NAMESPACE,
  dataConverter: dataConverterFor(config),
});
const orphans = new Counter({
  name: 'ask_orphans_total',
  help: 'Documents that the hourly sweep found to belong to nothing, by collection.',
  labelNames: ['kind'],
  registers: [metrics],
});
const logModelFailure = (entry: object) => logger.warn(entry, 'a model call failed');
const models = tracedModels(
  meteredModels(createLanguageModels(config, { log: logModelFailure }), metrics, config.MODEL_PRICES),
);
const scopes = createScopes(stores);
const activities = createActivities(
  {
    ...stores,
    clock: systemClock,
    digest,
    countTokens,
    models,
    indexes,
    indexStates,
    retriever: createRoutedRetriever(indexStates, indexes),
    contexts: createPromptContexts({ ...stores, scopes, digest, countTokens }),
    scopes,
    runs: createWorkflowRuns(client),
    libraryGateway: createLibraryGateway({
      client,
      taskQueue: config.TEMPORAL_TASK_QUEUE,
      turnBudgetMs: config.TURN_BUDGET_MS,
    }),
    findOrphans: orphanFinder(mongo),
    onOrphans: (kind, count) => orphans.inc({ kind }, count),
    providerFallback: config.PROVIDER_FALLBACK,
    turnBudgetMs: config.TURN_BUDGET_MS,
    maxTranscriptTokens: longestTranscript(models, config),
    maxOutputTokens: config.MAX_OUTPUT_TOKENS,
    historyTokens: config.HISTORY_TOKENS,
    contextTokens: config.CONTEXT_TOKENS,
    windowOf: (provider) => models.get(provider).contextTokens,
  },
  {
    signal: () => Context.current().cancellationSignal,
    heartbeat: () => Context.current().heartbeat(),
    attempt: () => Context.current().info.attempt,
    scheduledAtMs: () => Context.current().info.currentAttemptScheduledTimestampMs,
    remainingMs() {
      const { scheduleToCloseTimeoutMs, scheduledTimestampMs, currentAttemptScheduledTimestampMs } =
        Context.current().info;
      return scheduleToCloseTimeoutMs - (currentAttemptScheduledTimestampMs - scheduledTimestampMs);
    },
  },
);
const worker = await createWorker({
  connection,
  activities,
  config,
  tracing: tracing.worker,
  bundleDir: join(config.ASK_STATE_DIR, 'cache'),
});

await registerSearchAttributes(connection, config.TEMPORAL_NAMESPACE).catch((err: unknown) =>
  // Where a worker may not do this, an operator did.
  logger.warn({ err }, 'search attributes could not be looked up; `npx ask temporal setup` registers them'),
);
const maintain = () => ensureMaintenance(client, config.TEMPORAL_TASK_QUEUE);
await maintain();
// A Temporal that has lost its database has lost the schedule too.
const maintaining = setInterval(() => void maintain().catch(onBackgroundError), MAINTAIN_MS);
await indexStates.begin(initialIndex(config));
const gateway = createReindexGateway({ client, taskQueue: config.TEMPORAL_TASK_QUEUE, clock: systemClock });
const followModel = createModelFollower({ ...stores, indexStates, indexes, gateway });
const onModelUnknown = (err: unknown) => logger.debug({ err }, 'the model of the local index is not known');
// Before anything is indexed: an empty index takes the model as it is.
await followModel().catch(onModelUnknown);
const following = setInterval(() => void followModel().catch(onModelUnknown), FOLLOW_MODEL_MS);
const running = worker.run();
// The database may read all transcriptions for it, so nothing waits for the count.
void warnOfOldPassages().catch((err: unknown) => logger.warn({ err }, 'passages of 0.1.0 could not be counted'));
const withdraw = await publishProviders(stores.providers, `${hostname()}/${process.pid}`, models, onBackgroundError);
const { METRICS_PORT: port, HOST: host, SHUTDOWN_GRACE_MS: graceMs } = config;
const status =
  port === undefined
    ? null
    : await listen(
        createMetricsServer(metrics, () => worker.getState() === 'RUNNING'),
        { host, port, graceMs },
      );
stopOnSignal(logger, async () => {
  clearInterval(following);
  clearInterval(maintaining);
  await withdraw();
  worker.shutdown();
  await running;
  await status?.close();
  await connection.close();
  await mongo.close();
  await tracing.close();
});
reportReady(logger, { taskQueue: config.TEMPORAL_TASK_QUEUE, ...(status && { metrics: status.url }) });
await running;

async function warnOfOldPassages(): Promise<void> {
  const transcripts = await stores.indexed.countOld();
  if (transcripts === 0) return;
  logger.warn(
    { transcripts },
    'passages of 0.1.0 lack speakers and ends, so citations from them are less exact; `npx ask reindex` cuts them anew',
  );
}
