import { hash } from 'node:crypto';
import { countTokens as count } from 'gpt-tokenizer/encoding/o200k_base';
import { LRUCache } from 'lru-cache';

/** Every turn counts those before it again. Kept by digest, so that no words stay behind. */
const counts = new LRUCache<string, number>({ max: 20_000 });

/**
 * Tokens of a text by OpenAI's o200k_base encoding: exact for OpenAI's models, close for the others, which publish no
 * local tokenizer.
 */
export function countTokens(text: string): number {
  const key = hash('sha256', text, 'base64');
  const known = counts.get(key);
  if (known !== undefined) return known;
  // Text that spells a special token, such as <|endoftext|>, is plain text here.
  const tokens = count(text, { allowedSpecial: new Set(), disallowedSpecial: new Set() });
  counts.set(key, tokens);
  return tokens;
}
