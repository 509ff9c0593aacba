import type { Provider } from '../../sdk/wire-types.ts';

export const PROVIDER_NAMES = { gemini: 'Gemini', openai: 'OpenAI', claude: 'Claude' } satisfies Record<
  Provider,
  string
>;

/** The name of the sandbox, which answers when no model is set up. It quotes the transcript and understands nothing. */
export const SANDBOX = 'Sandbox (no model)';

/** Who wrote an answer. The sandbox gives its own name as that of the model. */
export function modelName(provider: Provider, model: string): string {
  return model === 'sandbox' ? SANDBOX : `${PROVIDER_NAMES[provider]} · ${model}`;
}
