import { type Prompt, textsOfPrompt } from '../../../domain/answering/prompt.ts';
import { keepErrorWords } from './error-words.ts';

/** Words of a provider as a log may have them: short, without keys, without what they repeat of the prompt, and words of errors alone. */
export function redact(words: string, secrets: readonly string[], prompt: Prompt): string {
  let text = words.replaceAll(/\s+/g, ' ').slice(0, LONGEST);
  for (const secret of secrets) if (secret.length >= SHORTEST_SECRET) text = text.replaceAll(secret, '[key]');
  if (prompt.question.length >= SHORTEST_SECRET) text = text.replaceAll(prompt.question, '[prompt]');
  const said = textsOfPrompt(prompt).join('\n').replaceAll(/\s+/g, ' ');
  return keepErrorWords(withoutEchoes(text.replaceAll(LIKE_A_KEY, '[key]'), said));
}

const LONGEST = 500;
const SHORTEST_SECRET = 6;
const LIKE_A_KEY = /\b(?:sk|rk|pk|gsk|xai|AIza|Bearer|key)[-_ ][\w*.-]{8,}|\bAIza[\w-]{20,}|\b[\w-]{32,}\b/g;
/** Characters in a row that words share with a prompt by chance at most. */
const ECHO = 16;

function withoutEchoes(text: string, prompt: string): string {
  let clean = '';
  for (let at = 0; at < text.length; ) {
    const length = lengthOfEcho(text, at, prompt);
    clean += length === 0 ? text[at] : '[prompt]';
    at += Math.max(length, 1);
  }
  return clean;
}

/** How many characters from `at` on stand in the prompt too; 0 for too few. */
function lengthOfEcho(text: string, at: number, prompt: string): number {
  let length = ECHO;
  if (at + length > text.length || !prompt.includes(text.slice(at, at + length))) return 0;
  while (at + length < text.length && prompt.includes(text.slice(at, at + length + 1))) length++;
  return length;
}
