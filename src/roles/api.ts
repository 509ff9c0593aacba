import { Client } from '@temporalio/client';
import { connectMongo, createStores, mongoDependency, openIndexStates } from '../adapters/mongo/index.ts';
import { createSearchIndexes, indexDependency, initialIndex } from '../adapters/pinecone/index.ts';
import { lazyConnection } from '../adapters/temporal/client/connection.ts';
import { temporalDependency } from '../adapters/temporal/client/health.ts';
import { createLibraryGateway } from '../adapters/temporal/gateways/library-gateway.ts';
import { createSessionGateway } from '../adapters/temporal/gateways/session-gateway.ts';
import { dataConverterFor } from '../adapters/temporal/payloads/data-converter.ts';
import { createTurnTimelines } from '../adapters/temporal/timeline/turn-timeline.ts';
import { createTranscriptReader } from '../adapters/transcript-reader/create-transcript-reader.ts';
import { digest } from '../domain/shared/sha256-digest.ts';
import { countTokens } from '../domain/shared/tokens.ts';
import { createApp } from '../http/app.ts';
import { derivedIds, freshIds, systemClock } from '../runtime/clock-and-ids.ts';
import { loadConfig, required } from '../runtime/config.ts';
import { createLogger, droppedLogLines } from '../runtime/logger.ts';
import { endOnBadSettings, reportReady, stopOnSignal } from '../runtime/process.ts';
import { listen } from '../runtime/servers/listen.ts';
import { processMetrics } from '../runtime/servers/process-metrics.ts';
import { startTracing } from '../runtime/tracing/start-tracing.ts';
import { createPromptContexts } from '../use-cases/answering/prompt-contexts.ts';
import { createScopes } from '../use-cases/answering/scopes.ts';
import { createSearchDescriber } from '../use-cases/library/describe-search.ts';
import { createRoutedRetriever } from '../use-cases/library/routed-retriever.ts';

/** The API role: speaks HTTP, starts workflows, and reads answers back from them. */
endOnBadSettings();
const config = loadConfig();
const logger = createLogger('api', config);
const taskQueue = config.TEMPORAL_TASK_QUEUE;
const tracing = await startTracing('ask-api', config);

const mongo = await connectMongo(required(config, 'MONGODB_URI'), { appName: 'ask-api' });
const onBackgroundError = (err: unknown) => logger.warn({ err }, 'a background write failed');
const stores = createStores(mongo, { clock: systemClock, onBackgroundError });
const connection = await lazyConnection(config);
const client = new Client({
  connection,
  namespace: config.TEMPORAL_NAMESPACE,
  dataConverter: dataConverterFor(config),
  workflow: { queryRejectCondition: 'NOT_OPEN' },
  interceptors: { workflow: tracing.clientInterceptors },
});
const indexStates = openIndexStates(mongo, systemClock, initialIndex(config));
const searchIndexes = createSearchIndexes(config);

const scopes = createScopes(stores);
const transcriptReader = createTranscriptReader();
const app = createApp(processMetrics(droppedLogLines), {
  ...stores,
  sessionGateway: createSessionGateway({
    client,
    taskQueue,
    sessions: stores.sessions,
    askWaitMs: config.ASK_WAIT_MS,
    settings: {
      idleMs: config.SESSION_IDLE_MS,
      maxQueued: config.SESSION_MAX_QUEUED,
      model: {
        timeoutMs: config.LLM_TIMEOUT_MS,
        maxAttempts: config.LLM_MAX_ATTEMPTS,
        budgetMs: config.TURN_BUDGET_MS,
      },
    },
  }),
  scopes,
  contexts: createPromptContexts({ ...stores, scopes, digest, countTokens }),
  turnTimelines: createTurnTimelines({ client, uiUrl: config.TEMPORAL_UI_URL }),
  libraryGateway: createLibraryGateway({ client, taskQueue, turnBudgetMs: config.TURN_BUDGET_MS }),
  retriever: createRoutedRetriever(indexStates, searchIndexes),
  describeSearch: createSearchDescriber(indexStates, searchIndexes),
  clock: systemClock,
  transcriptReader,
  freshIds: freshIds(systemClock),
  derivedIds,
  health: [
    mongoDependency(mongo),
    temporalDependency(client),
    indexDependency(config, async () => (await indexStates.recent(null)).serving.target),
  ],
  logger,
  settings: {
    rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
    maxTranscriptTokens: config.MAX_TRANSCRIPT_TOKENS,
    maxOutputTokens: config.MAX_OUTPUT_TOKENS,
    providerFallback: config.PROVIDER_FALLBACK,
    maxStreamsPerKey: config.MAX_STREAMS_PER_KEY,
    corsOrigins: config.CORS_ORIGINS,
    trustProxy: config.TRUST_PROXY,
  },
});
const { HOST: host, PORT: port, SHUTDOWN_GRACE_MS: graceMs, MAX_CONNECTIONS: maxConnections } = config;
const server = await listen(app, { host, port, graceMs, maxConnections });

stopOnSignal(logger, async () => {
  await server.close();
  await transcriptReader.close();
  await connection.close();
  await mongo.close();
  await tracing.close();
});
reportReady(logger, { url: server.url });
