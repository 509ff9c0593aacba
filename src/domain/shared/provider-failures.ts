import type { Provider } from './provider.ts';

/** What follows from a reason for which a model gave no answer. */
interface Consequences {
  /** Whether the same request may succeed when it is sent again shortly. */
  retried: boolean;
  /** Whether another provider may answer what this one did not. */
  fallback: boolean;
  /** What the reader can do. `PREFIX` stands for the prefix of the provider's settings. */
  advice: string;
}

/** Every reason for which a model gives no answer, with its consequences. The reasons are public. */
export const PROVIDER_FAILURES = {
  rate_limited: {
    retried: true,
    fallback: true,
    advice: 'The provider limits its requests. Ask again after a pause.',
  },
  overloaded: { retried: true, fallback: true, advice: 'The provider is overloaded. Ask again shortly.' },
  server_error: { retried: true, fallback: true, advice: 'The provider had an error of its own. Ask again shortly.' },
  timeout: {
    retried: true,
    fallback: true,
    advice:
      'The reply did not end in time. Ask again, or raise LLM_TIMEOUT_MS, and with it TURN_BUDGET_MS and ASK_WAIT_MS.',
  },
  connection: {
    retried: true,
    fallback: true,
    advice: 'The connection could not be made, or it broke. Check PREFIX_BASE_URL and the network.',
  },
  malformed_reply: {
    retried: true,
    fallback: true,
    advice: 'The reply could not be read. Ask again; the log of the worker says more.',
  },
  empty_reply: { retried: true, fallback: true, advice: 'The reply had no text. Ask again, or ask in other words.' },
  bad_request: {
    retried: false,
    fallback: true,
    advice: 'The provider does not accept the request. The log of the worker has its words.',
  },
  authentication: {
    retried: false,
    fallback: true,
    advice: 'The key is missing, wrong or expired. Set PREFIX_API_KEY.',
  },
  permission: {
    retried: false,
    fallback: true,
    advice: 'The key may not use this model. Check the rights of PREFIX_API_KEY and the value of PREFIX_MODEL.',
  },
  quota_exceeded: {
    retried: false,
    fallback: true,
    advice:
      'The quota or the credit is used up. Check the plan of PREFIX_API_KEY, or wait until the quota begins anew.',
  },
  model_not_found: {
    retried: false,
    fallback: true,
    advice: 'The provider does not know the model. Set PREFIX_MODEL to one that it has.',
  },
  wrong_address: {
    retried: false,
    fallback: true,
    advice: 'No model answers at this address. Check PREFIX_BASE_URL; it often ends with /v1.',
  },
  refused: {
    retried: false,
    fallback: false,
    advice: 'The provider refuses this content. Ask in other words.',
  },
  context_too_long: {
    retried: false,
    fallback: true,
    advice:
      'The prompt is longer than the context window of the model. Shorten the question, or set PREFIX_CONTEXT_TOKENS.',
  },
  context_truncated: {
    retried: false,
    fallback: true,
    advice:
      'The model server cut the prompt. Raise the context length of the server, or set PREFIX_CONTEXT_TOKENS to what it has.',
  },
  output_limit: {
    retried: false,
    fallback: true,
    advice:
      'The output limit was used up before the answer began. Raise MAX_OUTPUT_TOKENS, or let the model think less.',
  },
  not_configured: {
    retried: false,
    fallback: true,
    advice: 'The provider is not configured. Set PREFIX_API_KEY or PREFIX_BASE_URL.',
  },
} as const satisfies Record<string, Consequences>;

export type ProviderFailureReason = keyof typeof PROVIDER_FAILURES;

/** Whether another provider may answer after a failure for this reason; false for an unknown one. */
export function fallbackHelps(reason: unknown): boolean {
  return isProviderFailureReason(reason) && PROVIDER_FAILURES[reason].fallback;
}

/** What the reader of a failure can do. */
export function adviceFor(provider: Provider, reason: ProviderFailureReason, retryAfterMs?: number): string {
  const advice = PROVIDER_FAILURES[reason].advice.replaceAll('PREFIX', SETTINGS_PREFIX[provider]);
  return retryAfterMs === undefined
    ? advice
    : `${advice} The provider asks for a wait of ${Math.ceil(retryAfterMs / 1_000)} s.`;
}

/** How the names of a provider's settings begin. */
export const SETTINGS_PREFIX = {
  gemini: 'GEMINI',
  openai: 'OPENAI',
  claude: 'ANTHROPIC',
} as const satisfies Record<Provider, string>;

/** Whether this is a reason that this release knows. */
export function isProviderFailureReason(reason: unknown): reason is ProviderFailureReason {
  return typeof reason === 'string' && Object.hasOwn(PROVIDER_FAILURES, reason);
}
