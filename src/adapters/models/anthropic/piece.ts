import { z } from 'zod';
import { type Counts, count } from '../lib/reply/counts.ts';
import type { Piece } from '../lib/reply/reply-piece.ts';

const text = z.string().optional().catch(undefined);
const usage = z
  .object({
    input_tokens: count,
    output_tokens: count,
    cache_creation_input_tokens: count,
    cache_read_input_tokens: count,
  })
  .optional()
  .catch(undefined);
/** A block of text, or of thinking and the like, which has none. */
const block = z.object({ type: text, text }).optional().catch(undefined);
const content = z
  .union([z.string(), z.array(block)])
  .optional()
  .catch(undefined);
const message = z.object({ type: text, model: text, content, stop_reason: text, usage });
const event = message.extend({
  message: message.optional().catch(undefined),
  content_block: block,
  delta: z.object({ type: text, text, stop_reason: text }).optional().catch(undefined),
});

/** A message, or an event of a streamed one. Anthropic adds events and blocks as it likes; those not read here are left out. */
export function readAnthropicPiece(document: unknown, name: string | null): Piece | null {
  const parsed = event.safeParse(document);
  if (!parsed.success) return null;
  const { type = name, message: begun, content_block, delta, ...whole } = parsed.data;
  switch (type) {
    case 'message_start':
      // Its output is not counted yet.
      return withoutOutput(pieceOf(begun ?? whole));
    case 'content_block_start':
      return { text: textOf([content_block]), thinksApart: content_block?.type === 'thinking' };
    case 'content_block_delta':
      return { text: delta?.type === 'text_delta' || delta?.type === undefined ? delta?.text : '' };
    case 'message_delta':
      return { finish: delta?.stop_reason ?? whole.stop_reason, counts: countsOf(whole.usage) };
    case 'message_stop':
      return { isLast: true };
    default:
      return type === 'message' || whole.content !== undefined ? pieceOf(whole) : null;
  }
}

function pieceOf({ model, content, stop_reason, usage }: z.infer<typeof message>): Piece {
  return {
    text: typeof content === 'string' ? content : textOf(content ?? []),
    finish: stop_reason,
    model,
    counts: countsOf(usage),
  };
}

function withoutOutput(piece: Piece): Piece {
  return { ...piece, counts: { ...piece.counts, output: undefined } };
}

function textOf(blocks: readonly z.infer<typeof block>[]): string {
  return blocks.map((each) => ((each?.type ?? 'text') === 'text' ? (each?.text ?? '') : '')).join('');
}

/** Its `input_tokens` leave out what was read from the cache or written to it. */
function countsOf(usage: z.infer<typeof message>['usage']): Counts | undefined {
  if (usage === undefined) return undefined;
  const cached = usage.cache_read_input_tokens;
  return {
    input: usage.input_tokens,
    besides: (usage.cache_creation_input_tokens ?? 0) + (cached ?? 0),
    output: usage.output_tokens,
    cached,
  };
}
