/** What the files of a folder may import from elsewhere. Within its own row a folder imports what it likes. */
interface Rule {
  /** Folders, with all that is in them, or single files. */
  imports: readonly string[];
  /** Folders that it takes types alone from. */
  types?: readonly string[];
  /** npm packages; `node` stands for everything that comes with Node. */
  packages: readonly string[];
  /** True where the row is for the files of this folder alone: each folder in it has a row of its own. */
  filesOnly?: true;
}

const CORE = ['src/domain', 'src/ports'];
const SETTINGS = 'src/runtime/config.ts';
const CLOCK = 'src/runtime/clock-and-ids.ts';
const YIELD = 'src/runtime/cooperative-yield.ts';
const CACHE = 'src/runtime/cache-home.ts';
const VALIDATE = 'src/runtime/validate.ts';

/** Folder, or file that differs from its folder -> its rule. The longest name counts. */
export const RULES: Record<string, Rule> = {
  'src/domain/shared': { imports: [], packages: [] },
  // Counting tokens and digests need a library; no workflow loads them.
  'src/domain/shared/tokens.ts': { imports: [], packages: ['node', 'gpt-tokenizer', 'lru-cache'] },
  'src/domain/shared/sha256-digest.ts': { imports: ['src/domain/shared/digest.ts'], packages: ['node'] },
  'src/domain/access': { imports: ['src/domain/shared'], packages: [] },
  'src/domain/library': { imports: ['src/domain/shared', 'src/domain/access'], packages: [] },
  'src/domain/ask': { imports: ['src/domain/shared', 'src/domain/access', 'src/domain/library'], packages: [] },
  'src/domain/answering': {
    imports: ['src/domain/shared', 'src/domain/ask', 'src/domain/library', 'src/domain/answering/question/dates'],
    packages: [],
  },
  // Calendars, zones and names of months need a library; no workflow loads it.
  'src/domain/answering/question/dates': { imports: [], packages: ['chrono-node', 'temporal-polyfill'] },
  'src/ports': { imports: ['src/domain'], packages: [] },
  'src/use-cases': { imports: [...CORE, YIELD], packages: ['lru-cache'] },

  'src/runtime': { imports: CORE, packages: ['node', 'pino', 'zod'] },
  'src/runtime/servers': { imports: [], packages: ['node', 'koa', 'prom-client'] },
  'src/runtime/tracing': {
    imports: [SETTINGS],
    packages: [
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace-node',
      '@temporalio/client',
      '@temporalio/interceptors-opentelemetry',
      '@temporalio/worker',
    ],
  },

  'src/adapters/mongo': { imports: [...CORE, CLOCK], packages: ['node', 'lru-cache', 'mongoose', 'zod'] },
  'src/adapters/pinecone': {
    imports: [...CORE, SETTINGS, 'src/adapters/models/lib/failures/retry-headers.ts'],
    packages: ['@pinecone-database/pinecone', 'zod'],
  },
  'src/adapters/models': {
    imports: [...CORE, SETTINGS],
    packages: ['node', '@opentelemetry/api', 'eventsource-parser', 'prom-client', 'zod'],
  },
  'src/adapters/models/anthropic': provider('@anthropic-ai/sdk'),
  'src/adapters/models/gemini': provider('@google/generative-ai'),
  'src/adapters/models/openai': provider('openai'),
  'src/adapters/temporal': {
    imports: [
      ...CORE,
      SETTINGS,
      'src/runtime/settings/payload-keys.ts',
      'src/runtime/tuning.ts',
      'workflows/contract.ts',
      'workflows/failures.ts',
    ],
    types: ['activities/index.ts'],
    packages: [
      'node',
      '@koa/bodyparser',
      '@koa/cors',
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/proto',
      '@temporalio/worker',
      '@temporalio/workflow',
      'koa',
      'zod',
    ],
  },

  'src/adapters/transcript-reader': {
    imports: [...CORE, 'src/adapters/transcript-formats/index.ts'],
    packages: ['node', 'zod'],
  },
  'src/adapters/transcript-formats': { imports: [...CORE, VALIDATE], packages: ['entities', 'zod'] },

  'src/http': {
    imports: ['src/http'],
    packages: ['koa', 'prom-client'],
    filesOnly: true,
  },
  'src/http/kernel': {
    imports: [...CORE, VALIDATE],
    packages: ['node', '@koa/cors', '@koa/router', '@opentelemetry/api', 'koa', 'pino', 'prom-client', 'zod'],
  },
  'src/http/library': {
    // The form of the service's own JSON, for the OpenAPI document.
    imports: [...CORE, YIELD, 'src/use-cases', 'src/http/kernel', 'src/adapters/transcript-formats/json/native.ts'],
    packages: ['node', 'zod'],
  },
  'src/http/ask': {
    imports: [...CORE, 'src/use-cases', 'src/http/kernel', 'src/http/library'],
    packages: ['node', 'zod'],
  },
  'src/http/site': { imports: [...CORE, 'src/http/kernel'], packages: ['node', 'prom-client'] },

  'src/retrieval-server': {
    imports: ['src/domain/shared', 'src/runtime/forbid-telemetry.ts'],
    packages: [
      'node',
      '@huggingface/tokenizers',
      '@koa/bodyparser',
      '@koa/router',
      'fflate',
      'koa',
      'onnxruntime-node',
      'prom-client',
      'lru-cache',
      'stemmer',
      'zod',
    ],
  },

  'src/clients/sdk': { imports: ['src/http'], packages: ['eventsource-parser', 'zod'] },
  'src/clients/cli': {
    imports: [
      ...CORE,
      CACHE,
      CLOCK,
      SETTINGS,
      'src/adapters/models/probe.ts',
      'src/adapters/models/registry.ts',
      'src/adapters/models/server-window.ts',
      'src/adapters/mongo/index.ts',
      'src/adapters/pinecone/index.ts',
      'src/adapters/pinecone/set-up-indexes.ts',
      'src/adapters/temporal',
      'src/clients/sdk',
      'src/http/kernel/schemas',
      'src/local/stack',
      'package.json',
    ],
    types: ['src/http'],
    packages: ['node', '@temporalio/client', 'cli-progress', 'commander', 'listr2', 'log-update', 'markdansi', 'zod'],
  },
  // It compares every place with the others, so it knows them all.
  'src/clients/cli/stack/audit-command.ts': {
    imports: [
      ...CORE,
      SETTINGS,
      'src/adapters/mongo',
      'src/adapters/pinecone',
      'src/adapters/temporal',
      'src/clients/cli/lib',
      CLOCK,
      'src/use-cases/run-audit.ts',
    ],
    packages: ['@temporalio/client'],
  },
  'src/clients/console': { imports: ['src/clients/sdk'], packages: ['@tanstack/virtual-core', 'marked', 'preact'] },
  'src/clients/console/vite.config.ts': { imports: [], packages: ['vite'] },

  'src/local/sandbox-models': {
    imports: ['src/domain/shared', 'src/retrieval-server', SETTINGS, CACHE],
    packages: ['node', '@koa/bodyparser', '@koa/router', 'koa', 'lru-cache', 'minisearch', 'zod'],
  },
  'src/local/stack': {
    imports: [
      'src/domain/shared',
      'src/retrieval-server/embeddings/model-files.ts',
      'src/runtime',
      'src/adapters/mongo/index.ts',
      'src/clients/sdk',
      'src/http/kernel/schemas',
      'workflows/contract.ts',
      'package.json',
    ],
    packages: ['node', '@temporalio/client', '@temporalio/testing', 'mongodb-memory-server-core', 'mongoose', 'zod'],
  },

  // Entry points: the only files that build real dependencies.
  'src/roles': {
    imports: [
      'src/domain',
      'src/adapters',
      'src/http/app.ts',
      'src/retrieval-server',
      'src/runtime',
      'src/use-cases',
      'activities',
      'package.json',
    ],
    packages: ['node', '@temporalio/activity', '@temporalio/client', '@temporalio/worker', 'prom-client'],
  },

  // Workflow code takes types alone from the activities: their code never runs in the sandbox of workflows.
  workflows: {
    imports: ['src/domain'],
    types: ['activities'],
    packages: ['@temporalio/common', '@temporalio/workflow'],
  },
  activities: {
    imports: [...CORE, 'src/use-cases', YIELD, 'workflows/failures.ts'],
    packages: ['node', '@temporalio/activity'],
  },
  'activities/index.ts': {
    imports: [...CORE, 'activities', 'workflows/failures.ts'],
    packages: ['@temporalio/activity', '@temporalio/workflow'],
  },
};

/** A provider's folder: the one place that knows its SDK. */
function provider(...packages: string[]): Rule {
  return { imports: [...CORE, 'src/adapters/models/lib'], packages: [...packages, 'zod'] };
}
