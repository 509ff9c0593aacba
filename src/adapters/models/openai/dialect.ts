import { createDialects } from '../lib/dialects.ts';
import type { ModelServerError } from '../lib/failures/model-server-error.ts';
import type { OpenAiCompat } from '../lib/model-settings.ts';

/** How a server of OpenAI's protocol wants a request. */
export interface Dialect {
  limit: 'max_completion_tokens' | 'max_tokens';
  /** Whether it takes `stream_options`, which ask it to count tokens in a stream. */
  streamOptions: boolean;
  /** OpenAI streams some models to no organization that it has not verified; some of Alibaba's answer only in streams. */
  streams: 'as asked' | 'never' | 'always';
  /** Who gives the rules; `user`: they stand in the first question. */
  rulesRole: 'system' | 'developer' | 'user';
}

const OPENAIS_OWN: Dialect = {
  limit: 'max_completion_tokens',
  streamOptions: true,
  streams: 'as asked',
  rulesRole: 'system',
};

/** How one server wants its requests. */
export function createOpenAiDialects(compat: readonly OpenAiCompat[] = []) {
  return createDialects<Dialect>(Object.assign({}, OPENAIS_OWN, ...compat.map((each) => SET[each])), adaptDialect);
}

const SET: Record<OpenAiCompat, Partial<Dialect>> = {
  max_tokens: { limit: 'max_tokens' },
  max_completion_tokens: { limit: 'max_completion_tokens' },
  no_stream_options: { streamOptions: false },
  system_role: { rulesRole: 'system' },
  developer_role: { rulesRole: 'developer' },
  user_role: { rulesRole: 'user' },
};

function adaptDialect(dialect: Dialect, { said }: ModelServerError): Dialect | null {
  const { text } = said;
  if (STREAM_OPTIONS.test(text) && dialect.streamOptions) return { ...dialect, streamOptions: false };
  if (ONLY_STREAM.test(text)) return { ...dialect, streams: 'always' };
  if (NO_STREAM.test(text)) return { ...dialect, streams: 'never' };
  if (text.includes(dialect.limit) && !TOO_LARGE.test(text)) return { ...dialect, limit: OTHER_LIMIT[dialect.limit] };
  if (ROLE.test(text)) return { ...dialect, rulesRole: otherRole(dialect.rulesRole, text) };
  return null;
}

const STREAM_OPTIONS = /stream_options|include_usage/;
const NO_STREAM =
  /\bstream(ing)?\b[^.]{0,60}(not (supported|allowed|available)|unsupported|must be (set to )?false)|n[o’']t support[^.]{0,20}\bstream|verified to stream/i;
const ONLY_STREAM =
  /non-?stream|only[^.]{0,20}support[^.]{0,20}\bstream|\bstream\b[^.]{0,40}(required|must be (set to )?true)/i;
/** Of a limit that is known but too large; its other name would be refused too. */
const TOO_LARGE = /too (large|big|high)|at most|greater than|maximum/i;
/** Templates without a place for rules say that the roles must alternate. */
const ROLE =
  /\b(system|developer)\b[^.]{0,60}\b(roles?|messages?|prompts?|instructions?)\b|\broles?\b[^.]{0,80}\b(system|developer)\b|only user and assistant|roles must alternate/i;
const OTHER_LIMIT = { max_completion_tokens: 'max_tokens', max_tokens: 'max_completion_tokens' } as const;

function otherRole(role: Dialect['rulesRole'], refusal: string): Dialect['rulesRole'] {
  if (role === 'developer') return 'system';
  return role === 'system' && /use[^.]{0,20}developer/i.test(refusal) ? 'developer' : 'user';
}
