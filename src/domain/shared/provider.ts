/** The language-model providers by their wire names. */
export const PROVIDERS = ['gemini', 'openai', 'claude'] as const;
export type Provider = (typeof PROVIDERS)[number];
