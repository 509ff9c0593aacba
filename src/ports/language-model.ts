import type { Prompt } from '../domain/answering/prompt.ts';
import type { FinishReason, TokenUsage } from '../domain/ask/message.ts';
import type { Provider } from '../domain/shared/provider.ts';

export interface ModelReply {
  text: string;
  tokens: TokenUsage;
  finishReason: FinishReason;
  /** The model that really answered, as the provider names it. */
  model: string;
}

export interface GenerateOptions {
  signal: AbortSignal;
  maxOutputTokens: number;
  /** What is left for this call, where that is less than the model's own timeout. */
  withinMs?: number;
  /**
   * Takes each piece of the text as it arrives; only with it is the reply streamed. A call that fails may have given some
   * already. It must not throw.
   */
  onText?: (text: string) => void;
}

/** One provider's chat model. One call is one request: retries belong to Temporal. */
export interface LanguageModel {
  readonly provider: Provider;
  /** The model that is asked. */
  readonly model: string;
  /** Its context window. */
  readonly contextTokens: number;
  /** Whether the sandbox stands in for it. */
  readonly isSandbox: boolean;
  /** @throws AskError `provider_error` with `details {provider, reason, retryable, status?}` and `retryAfterMs` where the provider said so. */
  generate(prompt: Prompt, options: GenerateOptions): Promise<ModelReply>;
}

/** The models that this worker has settings for. */
export interface LanguageModels {
  /** @throws AskError `provider_error` with reason `not_configured`. */
  get(provider: Provider): LanguageModel;
  readonly default: Provider;
  /** The configured providers, the default first: the order of fallback. */
  readonly configured: readonly Provider[];
}
