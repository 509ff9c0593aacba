import type { FinishReason, TokenUsage } from '../domain/message.ts';
import type { Prompt } from '../domain/prompt.ts';
import type { Provider } from '../domain/provider.ts';

export interface ModelReply {
  text: string;
  tokens: TokenUsage;
  finishReason: FinishReason;
  /** The model that really answered, as the provider names it. */
  model: string;
}

/** One provider's chat model. One call is one request: retries belong to Temporal. */
export interface LanguageModel {
  readonly provider: Provider;
  /** @throws AskError `provider_error` with `details {provider, reason, retryable, status?}` and `retryAfterMs` where the provider said so. */
  generate(prompt: Prompt, options: { signal: AbortSignal; maxOutputTokens: number }): Promise<ModelReply>;
}

/** The models that this worker has settings for. */
export interface LanguageModels {
  /** @throws AskError `provider_error` with reason `not_configured`. */
  get(provider: Provider): LanguageModel;
  readonly default: Provider;
  /** The configured providers, the default first: the order of fallback. */
  readonly configured: readonly Provider[];
}
