/** What servers of OpenAI's protocol may want otherwise than OpenAI does. */
export const OPENAI_COMPATS = [
  'max_tokens',
  'max_completion_tokens',
  'no_stream_options',
  'system_role',
  'developer_role',
  'user_role',
] as const;
export type OpenAiCompat = (typeof OPENAI_COMPATS)[number];
