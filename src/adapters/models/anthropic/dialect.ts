import { createDialects } from '../lib/dialects.ts';
import type { ModelServerError } from '../lib/failures/model-server-error.ts';

/** How a server of Anthropic's protocol wants a request. */
export interface AnthropicDialect {
  /** Whether it takes `cache_control`, which says what to keep in its prompt cache. */
  cacheControl: boolean;
  /** Whether it takes texts as lists of blocks; else as strings. */
  blocks: boolean;
}

/** How one server wants its requests. */
export function createAnthropicDialects() {
  return createDialects<AnthropicDialect>({ cacheControl: true, blocks: true }, adaptDialect);
}

function adaptDialect(dialect: AnthropicDialect, { said }: ModelServerError): AnthropicDialect | null {
  if (said.text.includes('cache_control') && dialect.cacheControl) return { ...dialect, cacheControl: false };
  if (WANTS_STRINGS.test(said.text) && dialect.blocks) return { cacheControl: false, blocks: false };
  return null;
}

const WANTS_STRINGS = /\b(system|content)\b.{0,80}\bstring\b/i;
