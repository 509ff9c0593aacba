import type { Provider } from '../../../domain/shared/provider.ts';
import type { Config } from '../../../runtime/config.ts';

/** What an adapter needs to reach its model. */
export interface ModelSettings {
  apiKey: string;
  /** The provider's own address when undefined. No slash at its end. */
  baseUrl: string | undefined;
  model: string;
  /** The context window of the model. */
  contextTokens: number;
  /** Whether the sandbox stands in for the provider. */
  isSandbox: boolean;
  /** Whether the first stream is held back until it is known how the server marks its model's thinking. */
  holdsFirstStream: boolean;
  /** How long one attempt may take, from the request to the last byte of the reply. */
  timeoutMs: number;
  /** Headers to send besides the SDK's own, or instead of them. */
  headers?: Record<string, string>;
  /** What the server of OpenAI's protocol is known to want. */
  compat?: readonly OpenAiCompat[];
  log?: ModelLog;
}

/** Takes a failed attempt, with the provider's own words, redacted. */
export type ModelLog = (entry: {
  provider: Provider;
  model: string;
  reason: unknown;
  status: unknown;
  said: string;
}) => void;

/** A difference between servers of OpenAI's protocol. */
export type OpenAiCompat = NonNullable<Config['OPENAI_COMPAT']>[number];
