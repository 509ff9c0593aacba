import { USUAL_WINDOW } from '../../domain/answering/context/plan-window.ts';
import { providerFailure } from '../../domain/shared/errors.ts';
import { PROVIDERS, type Provider } from '../../domain/shared/provider.ts';
import { SETTINGS_PREFIX } from '../../domain/shared/provider-failures.ts';
import type { LanguageModel, LanguageModels } from '../../ports/language-model.ts';
import { assertDefaultProvider, type Config, ConfigError, configuredProviders } from '../../runtime/config.ts';
import { createAnthropicModel } from './anthropic/client.ts';
import { createGeminiModel } from './gemini/client.ts';
import { windowOf } from './known-windows.ts';
import type { ModelLog, ModelSettings } from './lib/model-settings.ts';
import { createOpenAiModel } from './openai/client.ts';

type Prefix = (typeof SETTINGS_PREFIX)[Provider];

export type ModelsConfig = Partial<Pick<Config, `${Prefix}_${'API_KEY' | 'BASE_URL' | 'MODEL' | 'CONTEXT_TOKENS'}`>> &
  Partial<Pick<Config, 'DEFAULT_PROVIDER' | 'SANDBOX_URL' | 'OPENAI_HEADERS' | 'OPENAI_COMPAT'>> &
  Pick<Config, 'LLM_TIMEOUT_MS'>;

export interface ModelsOptions {
  log?: ModelLog;
  /** Whether a model at an address of one's own may hold back its first stream; else all comes live. Default true. */
  holdsFirstStream?: boolean;
}

/**
 * The models that these settings give: each provider with a key or an address; the sandbox's where none has.
 *
 * @throws ConfigError when there is none, or when the default provider is not one of them.
 */
export function createLanguageModels(config: ModelsConfig, options: ModelsOptions = {}): LanguageModels {
  const real = configuredProviders(config).map((provider) => realModel(provider, config, options));
  const models = real.length > 0 ? real : sandboxModels(config, options);
  assertDefaultProvider(config);
  const preferred = models.find(({ provider }) => provider === config.DEFAULT_PROVIDER) ?? models[0];
  if (!preferred) throw new ConfigError(NO_MODEL);
  const byProvider = new Map(models.map((model) => [model.provider, model]));
  return {
    default: preferred.provider,
    configured: [preferred, ...models.filter((model) => model !== preferred)].map(({ provider }) => provider),
    get(provider) {
      const model = byProvider.get(provider);
      if (!model) throw providerFailure(provider, 'not_configured', { retryable: false });
      return model;
    },
  };
}

interface Adapter {
  prefix: Prefix;
  defaultModel: string;
  sandboxPath: string;
  create: (settings: ModelSettings) => LanguageModel;
}

const ADAPTERS: Record<Provider, Adapter> = {
  gemini: {
    prefix: SETTINGS_PREFIX.gemini,
    defaultModel: 'gemini-flash-latest',
    sandboxPath: '/gemini',
    create: createGeminiModel,
  },
  openai: {
    prefix: SETTINGS_PREFIX.openai,
    defaultModel: 'gpt-5.4-mini',
    sandboxPath: '/openai/v1',
    create: createOpenAiModel,
  },
  claude: {
    prefix: SETTINGS_PREFIX.claude,
    defaultModel: 'claude-sonnet-5-5',
    sandboxPath: '/anthropic',
    create: createAnthropicModel,
  },
};

/** The SDKs insist on a key; a server of one's own at a base URL may need none. */
const NO_KEY = 'no-key';

function realModel(provider: Provider, config: ModelsConfig, options: ModelsOptions): LanguageModel {
  return ADAPTERS[provider].create(modelSettings(provider, config, options));
}

/** How a configured provider is reached. */
export function modelSettings(provider: Provider, config: ModelsConfig, options: ModelsOptions = {}): ModelSettings {
  const { prefix, defaultModel } = ADAPTERS[provider];
  const apiKey = config[`${prefix}_API_KEY`];
  const baseUrl = config[`${prefix}_BASE_URL`];
  const model = config[`${prefix}_MODEL`] ?? defaultModel;
  return {
    apiKey: apiKey ?? NO_KEY,
    baseUrl: baseUrl === undefined ? undefined : withoutSlash(baseUrl),
    model,
    contextTokens: config[`${prefix}_CONTEXT_TOKENS`] ?? windowOf(model),
    isSandbox: false,
    // The vendors keep thinking apart from the text.
    holdsFirstStream: baseUrl !== undefined && options.holdsFirstStream !== false,
    timeoutMs: config.LLM_TIMEOUT_MS,
    ...(options.log && { log: options.log }),
    ...(provider === 'openai' && openAiExtras(config)),
  };
}

function openAiExtras({ OPENAI_HEADERS, OPENAI_COMPAT }: ModelsConfig): Pick<ModelSettings, 'headers' | 'compat'> {
  return { ...(OPENAI_HEADERS && { headers: OPENAI_HEADERS }), ...(OPENAI_COMPAT && { compat: OPENAI_COMPAT }) };
}

function sandboxModels(config: ModelsConfig, { log }: ModelsOptions): LanguageModel[] {
  const { SANDBOX_URL: url, LLM_TIMEOUT_MS: timeoutMs } = config;
  if (url === undefined) return [];
  return PROVIDERS.map((provider) => {
    const { prefix, sandboxPath, create } = ADAPTERS[provider];
    return create({
      apiKey: NO_KEY,
      baseUrl: withoutSlash(url) + sandboxPath,
      model: 'sandbox',
      contextTokens: config[`${prefix}_CONTEXT_TOKENS`] ?? USUAL_WINDOW,
      isSandbox: true,
      holdsFirstStream: false,
      timeoutMs,
      ...(log && { log }),
    });
  });
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

const NO_MODEL = `No language model is configured: set ${PROVIDERS.map((p) => `${ADAPTERS[p].prefix}_API_KEY`).join(', ')}, or SANDBOX_URL.`;
