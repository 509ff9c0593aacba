import { z } from 'zod';
import type { ModelReply } from '../../../ports/language-model.ts';
import { parseBody } from '../lib/model-reply.ts';
import { unfinishedStream } from '../lib/unfinished-stream.ts';
import { fromAnthropicReply } from './reply.ts';

/** Anthropic adds kinds of events and of deltas as it likes; those that are not read here are left out. */
const anyEvent = z.object({ type: z.string() });
const messageStart = z.object({ message: z.object({ model: z.string(), usage: z.looseObject({}) }) });
const contentBlockDelta = z.object({ delta: z.object({ type: z.string(), text: z.string().optional() }) });
const messageDelta = z.object({
  delta: z.object({ stop_reason: z.string().nullish() }),
  usage: z.object({ output_tokens: z.number() }),
});

/** @throws AskError `provider_error` when an event is malformed, the stream is cut, or the reply says nothing. */
export async function fromAnthropicStream(
  events: AsyncIterable<unknown>,
  onText: (text: string) => void,
): Promise<ModelReply> {
  let start: z.infer<typeof messageStart>['message'] | undefined;
  let end: z.infer<typeof messageDelta> | undefined;
  let text = '';
  for await (const event of events) {
    const { type } = parseBody('claude', anyEvent, event);
    if (type === 'message_start') start = parseBody('claude', messageStart, event).message;
    if (type === 'message_delta') end = parseBody('claude', messageDelta, event);
    if (type === 'content_block_delta') {
      const { delta } = parseBody('claude', contentBlockDelta, event);
      if (delta.type !== 'text_delta' || !delta.text) continue;
      onText(delta.text);
      text += delta.text;
    }
  }
  if (!end?.delta.stop_reason) throw unfinishedStream('claude');
  return fromAnthropicReply({
    model: start?.model,
    content: [{ type: 'text', text }],
    stop_reason: end.delta.stop_reason,
    // The output is counted as it grows, the input once.
    usage: { ...start?.usage, output_tokens: end.usage.output_tokens },
  });
}

/** The HTTP status that an `error` event in the middle of a stream stands for; undefined when there was none. */
export function statusOfErrorEvent(type: string | null): number | undefined {
  return type === null ? undefined : (STATUSES[type] ?? 500);
}

const STATUSES: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};
