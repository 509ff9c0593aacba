import { countTokens as count } from 'gpt-tokenizer/encoding/o200k_base';

/**
 * Tokens of a text by OpenAI's o200k_base encoding: exact for OpenAI's models, close for the others, which publish no
 * local tokenizer.
 */
export function countTokens(text: string): number {
  // Text that spells a special token, such as <|endoftext|>, is plain text here.
  return count(text, { allowedSpecial: new Set(), disallowedSpecial: new Set() });
}
