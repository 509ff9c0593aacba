import { z } from 'zod';
import { saidIn } from '../lib/failures/said.ts';
import { type Counts, count } from '../lib/reply/counts.ts';
import type { Piece } from '../lib/reply/reply-piece.ts';

const text = z.string().optional().catch(undefined);
/** Why it stopped, by name; some give an object of that type. */
const finish = z
  .union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)])
  .optional()
  .catch(undefined);
/** Text, or parts of which some are thinking. */
const content = z.unknown().optional().transform(readContent);
const message = z
  .object({ content, refusal: text, reasoning_content: text, reasoning: text, thinking: text })
  .optional()
  .catch(undefined);
const choice = z.object({
  index: z.number().optional().catch(undefined),
  finish_reason: finish,
  message,
  delta: message,
  /** As in OpenAI's older completions. */
  text,
  error: z.unknown().optional(),
});
const usage = z
  .object({
    prompt_tokens: count,
    completion_tokens: count,
    total_tokens: count,
    input_tokens: count,
    output_tokens: count,
    prompt_tokens_details: z.object({ cached_tokens: count }).optional().catch(undefined),
    completion_tokens_details: z.object({ reasoning_tokens: count }).optional().catch(undefined),
    /** DeepSeek's name for the cached ones. */
    prompt_cache_hit_tokens: count,
    cached_tokens: count,
  })
  .optional()
  .catch(undefined);
const completion = z.object({
  object: text,
  model: text,
  choices: z.array(choice).optional().catch(undefined),
  usage,
  /** Where Groq counts in a stream, and tells why it ends early. */
  x_groq: z.object({ usage, error: z.unknown().optional() }).optional().catch(undefined),
  /** As in the native API of Ollama, which gateways pass on. */
  message,
  done: z.boolean().optional().catch(undefined),
  done_reason: text,
  prompt_eval_count: count,
  eval_count: count,
});

/** A chat completion, or a chunk of one. Azure, OpenRouter, vLLM and others leave out or add what they like. */
export function readOpenAiPiece(document: unknown, event: string | null): Piece | null {
  const parsed = completion.safeParse(document);
  if (!parsed.success) return null;
  const { object, model, choices, usage, x_groq } = parsed.data;
  if (parsed.data.done !== undefined) return nativePiece(parsed.data);
  const isOurs =
    choices !== undefined ||
    usage !== undefined ||
    x_groq !== undefined ||
    object?.startsWith('chat.completion') === true;
  if (!isOurs || (event !== null && choices === undefined)) return null;
  // Nobody asked for a second choice.
  const first = choices?.find(({ index }) => (index ?? 0) === 0);
  const piece = first?.delta?.content.text || first?.text || '';
  const message = first?.message?.content.text ?? '';
  const error = first?.error || x_groq?.error;
  const isRefused = [first?.delta, first?.message].some((said) => said?.refusal || said?.content.isRefused);
  return {
    // Some send the message so far, or at the end, beside its pieces.
    ...(piece === '' && message !== '' ? { text: message, isWhole: true } : { text: piece }),
    finish: isRefused ? 'refusal' : first?.finish_reason,
    thinksApart: [first?.delta, first?.message].some(hasThinking),
    model,
    counts: countsOf(usage ?? x_groq?.usage),
    error: error ? saidIn(error) : null,
  };
}

function hasThinking(said: z.infer<typeof message>): boolean {
  return Boolean(said?.reasoning_content || said?.reasoning || said?.thinking || said?.content.isThinking);
}

function nativePiece(native: z.infer<typeof completion>): Piece {
  const { model, message, done, done_reason, prompt_eval_count, eval_count } = native;
  return {
    text: message?.content.text,
    thinksApart: hasThinking(message),
    finish: done_reason,
    isLast: done === true,
    model,
    counts: { input: prompt_eval_count, output: eval_count },
  };
}

function countsOf(usage: z.infer<typeof completion>['usage']): Counts | undefined {
  if (usage === undefined) return undefined;
  return {
    input: usage.prompt_tokens ?? usage.input_tokens,
    output: outputOf(usage),
    total: usage.total_tokens,
    cached: usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens,
  };
}

/** xAI counts thinking beside the output; only its total has both. */
function outputOf(usage: NonNullable<z.infer<typeof completion>['usage']>): number | undefined {
  const { prompt_tokens = 0, completion_tokens, output_tokens, total_tokens } = usage;
  const output = completion_tokens ?? output_tokens;
  const thinking = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  return output !== undefined && total_tokens === prompt_tokens + output + thinking ? output + thinking : output;
}

const value = z.union([z.string(), z.object({ value: z.string() }).transform((text) => text.value)]);
const textPart = z.union([
  z.string(),
  z.object({ type: z.enum(['text', 'output_text']).optional(), text: value }).transform((part) => part.text),
]);
const typedPart = z.object({ type: z.string() });

function readContent(content: unknown): { text: string; isRefused: boolean; isThinking: boolean } {
  const parts = Array.isArray(content) ? content : [content];
  const types = parts.map((part) => typedPart.safeParse(part).data?.type);
  return {
    text: parts.map((part) => textPart.safeParse(part).data ?? '').join(''),
    isRefused: types.includes('refusal'),
    isThinking: types.includes('thinking') || types.includes('reasoning'),
  };
}
