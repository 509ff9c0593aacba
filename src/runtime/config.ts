import { existsSync } from 'node:fs';
import { z } from 'zod';
import { LEAST_WINDOW } from '../domain/answering/context/plan-window.ts';
import { PROVIDERS, type Provider } from '../domain/shared/provider.ts';
import { SETTINGS_PREFIX } from '../domain/shared/provider-failures.ts';
import { areEmbeddingsWhole, embeddingsSettings } from './settings/embeddings-settings.ts';
import { jsonOf, listOf } from './settings/formats.ts';
import { modelPrices } from './settings/model-prices.ts';
import { payloadKeys } from './settings/payload-keys.ts';
import { wordsForSetting } from './settings/setting-errors.ts';

/** Every setting of the service, read from the environment once. A bad one stops the process with its name and the reason. */
const milliseconds = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const count = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const flag = z.enum(['true', 'false', '1', '0']).transform((v) => v === 'true' || v === '1');
const text = z.string().min(1).optional();
/** The context window of a model, where it is smaller than what is known of it. */
const contextTokens = z.coerce.number().int().min(LEAST_WINDOW, `must be ${LEAST_WINDOW} or more`).optional();
const openAiCompat = z.enum([
  'max_tokens',
  'max_completion_tokens',
  'no_stream_options',
  'system_role',
  'developer_role',
  'user_role',
]);
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address such as http://localhost:11434/v1' })
  .optional();
const origin = z
  .string()
  .refine((url) => URL.canParse(url) && new URL(url).origin === url, 'takes origins such as https://app.example.com');
const origins = listOf(origin);

const variables = z.object({
  NODE_ENV: text,
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Origins whose web pages may call the API, separated by commas; none: the API answers no page of another origin. */
  CORS_ORIGINS: origins.default([]),
  /** Whether a proxy in front of the API sets `X-Forwarded-*`, so that they may be believed. */
  TRUST_PROXY: flag.default(false),
  ASK_STATE_DIR: z.string().min(1).default('.ask'),
  /** SQLite of the embedded servers: what they have acknowledged survives a power loss with FULL, a killed process with NORMAL. */
  SQLITE_SYNCHRONOUS: z.enum(['FULL', 'NORMAL']).default('FULL'),
  /** Which service the CLI speaks to, and with which key; default: the stack of this ASK_STATE_DIR and its demo key. */
  ASK_API_URL: baseUrl,
  ASK_API_KEY: text,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),

  /** Where executables are looked for, and the user's cache directory. */
  PATH: z.string().default(''),
  XDG_CACHE_HOME: text,

  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .optional(),

  TEMPORAL_ADDRESS: text,
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('ask'),
  TEMPORAL_API_KEY: text,
  TEMPORAL_TLS_CERT: text,
  TEMPORAL_TLS_KEY: text,
  /** The certificate of the authority that signed the server's; it switches TLS on. Unset: the system's authorities. */
  TEMPORAL_TLS_CA: text,
  /** TLS without a client certificate or a key. */
  TEMPORAL_TLS: flag.default(false),
  /** Where operators find the Temporal UI; shown by the CLI, and in the timelines of turns. */
  TEMPORAL_UI_URL: baseUrl,

  /** Encrypts what stands in Temporal's histories: `ID:BASE64` pairs, the first one encrypts, all decrypt. Unset: in clear. */
  PAYLOAD_KEYS: payloadKeys.default([]),
  /** The codec server, through which the Temporal UI shows encrypted payloads. */
  CODEC_PORT: z.coerce.number().int().min(0).max(65535).default(8081),
  CODEC_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),

  /** Where a worker tells of itself over HTTP: health and metrics. Unset: nowhere. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  /** Where the Temporal SDK of a worker serves its own metrics to Prometheus, as `HOST:PORT`. Unset: nowhere. */
  WORKER_METRICS_ADDRESS: z
    .string()
    .regex(/^.+:\d+$/, 'must be HOST:PORT')
    .optional(),
  /** What a million tokens cost, as JSON: `{"MODEL": {"input": 0.25, "output": 2, "cached": 0.025}}`. */
  MODEL_PRICES: jsonOf(modelPrices).default({}),

  /** Where traces go, over OTLP/HTTP; the OpenTelemetry SDK reads the rest of its OTEL_ variables itself. Unset: nowhere. */
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl,

  /** In production: which deployment this worker belongs to, and which version of it it runs. Unset: unversioned. */
  WORKER_DEPLOYMENT: z.string().min(1).default('ask'),
  WORKER_BUILD_ID: text,

  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: baseUrl,
  OPENAI_MODEL: text,
  /** Headers for each request to OPENAI_BASE_URL, as JSON; a gateway may want some of its own. */
  OPENAI_HEADERS: jsonOf(z.record(z.string().min(1), z.string())).optional(),
  /** What the server at OPENAI_BASE_URL wants, separated by commas; what is not set is learned from its refusals. */
  OPENAI_COMPAT: listOf(openAiCompat).optional(),
  OPENAI_CONTEXT_TOKENS: contextTokens,
  ANTHROPIC_API_KEY: text,
  ANTHROPIC_BASE_URL: baseUrl,
  ANTHROPIC_MODEL: text,
  ANTHROPIC_CONTEXT_TOKENS: contextTokens,
  GEMINI_API_KEY: text,
  GEMINI_BASE_URL: baseUrl,
  GEMINI_MODEL: text,
  GEMINI_CONTEXT_TOKENS: contextTokens,
  DEFAULT_PROVIDER: z.enum(PROVIDERS).optional(),
  /** Opt-in: when the default provider fails and the request pinned none, the next configured one is tried. */
  PROVIDER_FALLBACK: flag.default(false),

  /** Which index a new installation begins with; `ask reindex --to` moves a standing one. Unset: Pinecone where it is set. */
  RETRIEVAL: z.enum(['local', 'pinecone']).optional(),
  /** The local index (`npm run retrieval`): where it listens, where others reach it, and what they must know. */
  RETRIEVAL_PORT: z.coerce.number().int().min(0).max(65535).default(8082),
  RETRIEVAL_URL: baseUrl,
  RETRIEVAL_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
  PINECONE_API_KEY: text,
  PINECONE_INDEX_HOST: text,
  PINECONE_SPARSE_INDEX_HOST: text,
  /** Another address of Pinecone's control plane, for `ask pinecone setup`. */
  PINECONE_CONTROLLER_HOST: baseUrl,
  PINECONE_RERANK_MODEL: text,
  /** Cosine that the best hit of the dense index must reach for any of them to count; it depends on the index's model. */
  PINECONE_MIN_SCORE: z.coerce.number().min(0).max(1).default(0.15),

  ...embeddingsSettings,

  /** Where the sandbox servers listen; set by the embedded stack, used where a part has no key and no address. */
  SANDBOX_URL: baseUrl,

  MAX_TRANSCRIPT_TOKENS: count(100_000),
  MAX_OUTPUT_TOKENS: count(4_096),
  HISTORY_TOKENS: count(16_000),
  /** The most that passages or whole transcripts of a library take of a prompt. */
  CONTEXT_TOKENS: count(32_000),
  RATE_LIMIT_PER_MINUTE: count(100),
  /** Streams of events that one key may have open at one API process. */
  MAX_STREAMS_PER_KEY: count(200),
  /** Connections that one API process holds at once, silent ones too. */
  MAX_CONNECTIONS: count(2_000),

  /** One attempt of a model call. */
  LLM_TIMEOUT_MS: milliseconds(60_000),
  LLM_MAX_ATTEMPTS: count(5),
  /** All attempts of a turn's model call together. */
  TURN_BUDGET_MS: milliseconds(110_000),
  /** How long a request waits for its answer before 504. */
  ASK_WAIT_MS: milliseconds(120_000),
  SESSION_IDLE_MS: milliseconds(60_000),
  /** Turns of one session that may wait or run at once; more are refused with 429. */
  SESSION_MAX_QUEUED: count(64),
  /** How long a process may finish what is in flight after SIGTERM. */
  SHUTDOWN_GRACE_MS: milliseconds(20_000),
});
/** Settings that mean nothing, or something else, without each other. */
const environment = variables
  .superRefine(isPineconeWhole)
  .superRefine(isRetrievalThere)
  .superRefine(areEmbeddingsWhole)
  .superRefine(isTlsWhole);

/** One of the three variables without the others is a forgotten one: nothing else must take the place of the index then. */
function isPineconeWhole(given: Record<string, unknown>, context: z.RefinementCtx): void {
  const names = ['PINECONE_API_KEY', 'PINECONE_INDEX_HOST', 'PINECONE_SPARSE_INDEX_HOST'];
  const missing = names.filter((name) => given[name] === undefined);
  const [first] = missing;
  if (first === undefined || missing.length === names.length) return;
  const others = missing.length > 1 ? ` (nor is ${missing.slice(1).join(', ')})` : '';
  const message = `is not set${others}; set all of ${names.join(', ')}, or none`;
  context.addIssue({ code: 'custom', path: [first], message });
}

function isRetrievalThere({ RETRIEVAL, PINECONE_API_KEY }: Config, context: z.RefinementCtx): void {
  if (RETRIEVAL !== 'pinecone' || PINECONE_API_KEY !== undefined) return;
  context.addIssue({
    code: 'custom',
    path: ['RETRIEVAL'],
    message: 'is pinecone; set the three PINECONE_ variables too',
  });
}

function isTlsWhole(config: Config, context: z.RefinementCtx): void {
  const refuse = (name: keyof Config, message: string) => context.addIssue({ code: 'custom', path: [name], message });
  const { TEMPORAL_TLS_CERT: cert, TEMPORAL_TLS_KEY: key, TEMPORAL_API_KEY: apiKey } = config;
  if (cert !== undefined && key === undefined) refuse('TEMPORAL_TLS_KEY', 'is missing; a certificate needs its key');
  if (cert === undefined && key !== undefined) refuse('TEMPORAL_TLS_CERT', 'is missing; a key needs its certificate');
  if (cert !== undefined && apiKey !== undefined)
    refuse('TEMPORAL_API_KEY', 'stands beside TEMPORAL_TLS_CERT; set one of them');
}

export type Config = z.infer<typeof variables>;

export class ConfigError extends Error {}

/**
 * Reads the settings from the environment, and from a file `.env` beside it where the environment has none.
 * @throws ConfigError naming each bad setting and the reason.
 */
export function loadConfig(env: NodeJS.ProcessEnv = environmentWithFile()): Config {
  // An empty variable in an env file means "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given, { error: wordsForSetting });
  if (parsed.success) return parsed.data;
  // A list or a map is one setting, however much of it is wrong.
  const reasons = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  throw new ConfigError([...new Set(reasons)].join('\n'));
}

/** What is set in the file does not replace what is set in the environment. */
function environmentWithFile(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** The providers with a key or an address of their own; the sandbox stands in where there is none. */
export function configuredProviders(config: Partial<Config>): Provider[] {
  return PROVIDERS.filter((provider) => {
    const prefix = SETTINGS_PREFIX[provider];
    return config[`${prefix}_API_KEY`] !== undefined || config[`${prefix}_BASE_URL`] !== undefined;
  });
}

/** @throws ConfigError when the default provider can never answer */
export function assertDefaultProvider(config: Partial<Config>): void {
  const { DEFAULT_PROVIDER: provider } = config;
  const configured = configuredProviders(config);
  if (provider === undefined || configured.length === 0 || configured.includes(provider)) return;
  const prefix = SETTINGS_PREFIX[provider];
  throw new ConfigError(
    `DEFAULT_PROVIDER: ${provider} is not configured; set ${prefix}_API_KEY or ${prefix}_BASE_URL, or name ${configured.join(' or ')}.`,
  );
}

const pineconeAccount = variables.pick({ PINECONE_API_KEY: true, PINECONE_CONTROLLER_HOST: true });

/** What is known of Pinecone before there is an index there. @throws ConfigError */
export function loadPineconeAccount(env: NodeJS.ProcessEnv = environmentWithFile()): z.infer<typeof pineconeAccount> {
  const parsed = pineconeAccount.safeParse(env);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

/** @throws ConfigError when other machines could read the local index without a token */
export function assertTokenWhereReachable({ HOST, RETRIEVAL_TOKEN }: Config): void {
  if (RETRIEVAL_TOKEN !== undefined || LOOPBACK.test(HOST)) return;
  throw new ConfigError(
    `RETRIEVAL_TOKEN is not set, and HOST is ${HOST}: everybody who reaches it could read the index.`,
  );
}

/** Whether somebody set this, so that another value must not be taken instead. */
export function isSet(name: keyof Config, env: NodeJS.ProcessEnv = process.env): boolean {
  return env[name] !== undefined && env[name] !== '';
}

/** A setting that this process cannot do without. @throws ConfigError that says how to get it. */
export function required<K extends keyof Config>(config: Config, name: K): NonNullable<Config[K]> {
  const value = config[name];
  if (value === undefined || value === null) {
    throw new ConfigError(`${name} is not set. Set it, or run \`npm start\`, which brings up an embedded server.`);
  }
  return value;
}

const sandboxEnvironment = z.object({
  /** 0 takes a free one. */
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  SANDBOX_DIR: z.string().min(1),
});

/** What the embedded stack tells its sandbox process. */
export function loadSandboxSettings(env: NodeJS.ProcessEnv = process.env): z.infer<typeof sandboxEnvironment> {
  return sandboxEnvironment.parse(env);
}

/** The environment of a child process: this one's, with these settings on top. */
export function childEnvironment(settings: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...settings };
}

/** Keys of models: what a process does not have, nobody can take from it. Only workers ask models. */
const MODEL_KEYS = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'] satisfies (keyof Config)[];

export function withoutModelKeys(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !MODEL_KEYS.some((key) => key === name)));
}
