/**
 * The floor of the bench: the same API with the same steps in the same order, run in the request itself instead of in a
 * workflow. What the service costs above it is what durability costs.
 */

import { createActivities } from '../../../activities/index.ts';
import { createLanguageModels } from '../../../src/adapters/models/registry.ts';
import { connectMongo, createStores, openIndexStates } from '../../../src/adapters/mongo/index.ts';
import { createSearchIndexes, initialIndex } from '../../../src/adapters/pinecone/index.ts';
import { createTranscriptReader } from '../../../src/adapters/transcript-reader/create-transcript-reader.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import { countTokens } from '../../../src/domain/shared/tokens.ts';
import { createApp } from '../../../src/http/app.ts';
import type { SessionGateway } from '../../../src/ports/ask/session-gateway.ts';
import type { LibraryGateway } from '../../../src/ports/library/library-gateway.ts';
import { derivedIds, freshIds, systemClock } from '../../../src/runtime/clock-and-ids.ts';
import { loadConfig, required } from '../../../src/runtime/config.ts';
import { createLogger, droppedLogLines } from '../../../src/runtime/logger.ts';
import { listen } from '../../../src/runtime/servers/listen.ts';
import { processMetrics } from '../../../src/runtime/servers/process-metrics.ts';
import { createPromptContexts } from '../../../src/use-cases/answering/prompt-contexts.ts';
import { createScopes } from '../../../src/use-cases/answering/scopes.ts';
import { longestTranscript } from '../../../src/use-cases/ask/publish-providers.ts';
import { NO_RUNS } from '../../support/no-runs.ts';

const config = loadConfig();
const mongo = await connectMongo(required(config, 'MONGODB_URI'), { appName: 'ask-floor' });
const stores = createStores(mongo, { clock: systemClock });
const indexes = createSearchIndexes(config);
const retriever = indexes.open(initialIndex(config));
const models = createLanguageModels(config);
const scopes = createScopes(stores);
const contexts = createPromptContexts({ ...stores, scopes, digest, countTokens });
const steps = createActivities(
  {
    ...stores,
    clock: systemClock,
    digest,
    countTokens,
    models,
    retriever,
    indexes,
    indexStates: openIndexStates(mongo, systemClock, initialIndex(config)),
    contexts,
    scopes,
    runs: NO_RUNS,
    libraryGateway: { startErasure: async () => ({ ended: Promise.resolve() }) },
    findOrphans: async () => [],
    onOrphans: () => {},
    providerFallback: false,
    turnBudgetMs: config.TURN_BUDGET_MS,
    maxTranscriptTokens: longestTranscript(models, config),
    maxOutputTokens: config.MAX_OUTPUT_TOKENS,
    historyTokens: config.HISTORY_TOKENS,
    contextTokens: config.CONTEXT_TOKENS,
    windowOf: (provider) => models.get(provider).contextTokens,
  },
  {
    signal: () => new AbortController().signal,
    heartbeat: () => {},
    attempt: () => 1,
    scheduledAtMs: () => 0,
    remainingMs: () => 60_000,
  },
);

const inRequest: SessionGateway = {
  open: (session) => steps.createSession(session),
  async ask({ tenant, session, create, turnId, question, provider }) {
    const sessionId = session.id;
    const asked = { tenant, sessionId, create: create ? session : null, turnId, question, provider };
    const { messageId, providers } = await steps.recordQuestion(asked);
    const context = await steps.gatherContext({ tenant, sessionId, create: null, question, provider });
    const [first = models.default] = providers;
    const asking = { tenant, sessionId, turnId, messageId, provider: first, context };
    const { receipt: early, ...answer } = await steps.generateAnswer(asking);
    const receipt = early ?? (await steps.recordAnswer({ tenant, sessionId, messageId, answer, context }));
    if (receipt.kind === 'earlier') throw new RangeError('a measured question is asked once');
    const { kind: _k, ...place } = receipt;
    // Measured over one recording, where an answer has no sources.
    const message = { ...answer, ...place, role: 'assistant' as const, sessionId, sources: [], retrieval: null };
    return { status: 'completed', result: { sessionId, turnId, message } };
  },
  askAsync: () => Promise.reject(new Error('the floor answers in the request')),
  turn: async () => 'unknown',
  cancel: async () => {},
};
const noWorkflows: LibraryGateway = {
  startIndexing: () => Promise.reject(new Error('import through the service')),
  startRedating: () => Promise.reject(new Error('import through the service')),
  indexingProgress: async () => null,
  startErasure: async () => ({ ended: Promise.resolve() }),
};

const transcriptReader = createTranscriptReader();
const app = createApp(processMetrics(droppedLogLines), {
  ...stores,
  sessionGateway: inRequest,
  turnTimelines: { find: async () => null },
  libraryGateway: noWorkflows,
  retriever,
  describeSearch: async () => null,
  scopes,
  contexts,
  transcriptReader,
  clock: systemClock,
  freshIds: freshIds(systemClock),
  derivedIds,
  health: [],
  logger: createLogger('api', config),
  settings: {
    maxStreamsPerKey: 1_000,
    rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
    maxTranscriptTokens: config.MAX_TRANSCRIPT_TOKENS,
    maxOutputTokens: config.MAX_OUTPUT_TOKENS,
    providerFallback: false,
    corsOrigins: [],
    trustProxy: false,
  },
});
await listen(app, { host: config.HOST, port: config.PORT, graceMs: 1_000 });
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
