import type { ModelServerError } from '../lib/failures/model-server-error.ts';
import type { OpenAiCompat } from '../lib/model-settings.ts';

/** How a server of OpenAI's protocol wants a request. */
export interface Dialect {
  limit: 'max_completion_tokens' | 'max_tokens';
  /** Whether it takes `stream_options`, which ask it to count tokens in a stream. */
  streamOptions: boolean;
  /** Who gives the rules; `user`: they stand in the first question. */
  rulesRole: 'system' | 'developer' | 'user';
}

const OPENAIS_OWN: Dialect = { limit: 'max_completion_tokens', streamOptions: true, rulesRole: 'system' };

/** What is known of a server: by its settings, or from its refusals, for as long as the process lives. */
export function createDialects(compat: readonly OpenAiCompat[] = []) {
  let known: Dialect = Object.assign({}, OPENAIS_OWN, ...compat.map((each) => SET[each]));
  return {
    begin() {
      let now = known;
      const tried = new Set([keyOf(now)]);
      return {
        dialect: () => now,
        adapt(refusal: ModelServerError): boolean {
          const next = adaptDialect(now, refusal);
          if (next === null || tried.has(keyOf(next))) return false;
          tried.add(keyOf(next));
          now = next;
          return true;
        },
        accepted(): void {
          known = now;
        },
      };
    },
  };
}

const SET: Record<OpenAiCompat, Partial<Dialect>> = {
  max_tokens: { limit: 'max_tokens' },
  max_completion_tokens: { limit: 'max_completion_tokens' },
  no_stream_options: { streamOptions: false },
  system_role: { rulesRole: 'system' },
  developer_role: { rulesRole: 'developer' },
  user_role: { rulesRole: 'user' },
};

function keyOf({ limit, streamOptions, rulesRole }: Dialect): string {
  return `${limit} ${streamOptions} ${rulesRole}`;
}

/** The dialect without what the server refuses; null where its refusal names nothing that can be changed. */
function adaptDialect(dialect: Dialect, { reason, said }: ModelServerError): Dialect | null {
  if (reason !== 'bad_request' && reason !== 'server_error') return null;
  const { text } = said;
  if (STREAM_OPTIONS.test(text) && dialect.streamOptions) return { ...dialect, streamOptions: false };
  if (text.includes(dialect.limit) && !TOO_LARGE.test(text)) return { ...dialect, limit: OTHER_LIMIT[dialect.limit] };
  if (ROLE.test(text)) return { ...dialect, rulesRole: otherRole(dialect.rulesRole, text) };
  return null;
}

const STREAM_OPTIONS = /stream_options|include_usage/;
/** Of a limit that is known but too large; its other name would be refused too. */
const TOO_LARGE = /too (large|big|high)|at most|greater than|maximum/i;
const ROLE =
  /\b(system|developer)\b[^.]{0,60}\b(roles?|messages?|prompts?|instructions?)\b|\broles?\b[^.]{0,80}\b(system|developer)\b|only user and assistant/i;
const OTHER_LIMIT = { max_completion_tokens: 'max_tokens', max_tokens: 'max_completion_tokens' } as const;

function otherRole(role: Dialect['rulesRole'], refusal: string): Dialect['rulesRole'] {
  if (role === 'developer') return 'system';
  return role === 'system' && /use[^.]{0,20}developer/i.test(refusal) ? 'developer' : 'user';
}
