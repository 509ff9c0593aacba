import type { ChatCompletionCreateParams, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { Prompt } from '../../../domain/answering/prompt.ts';
import { toChatMessages } from '../lib/chat-messages.ts';
import type { Dialect } from './dialect.ts';

interface RequestOptions {
  model: string;
  maxOutputTokens: number;
  isStreamed: boolean;
  dialect: Dialect;
}

/** OpenAI caches the longest common prefix by itself; the order is all that it needs. */
export function toOpenAiRequest(
  prompt: Prompt,
  { model, maxOutputTokens, isStreamed, dialect }: RequestOptions,
): ChatCompletionCreateParams {
  return {
    model,
    [dialect.limit]: maxOutputTokens,
    messages: messagesOf(prompt, dialect.rulesRole),
    ...(isStreamed ? { stream: true as const } : {}),
    ...(isStreamed && dialect.streamOptions ? { stream_options: { include_usage: true } } : {}),
  };
}

function messagesOf(prompt: Prompt, rulesRole: Dialect['rulesRole']): ChatCompletionMessageParam[] {
  const { system, history, question } = toChatMessages(prompt);
  const rules = system.join('\n\n');
  const turns = [...history, question].map(({ role, text }) => ({ role, content: text }));
  if (rulesRole !== 'user') return [{ role: rulesRole, content: rules }, ...turns];
  return turns.map((turn, i) => (i === 0 ? { ...turn, content: `${rules}\n\n${turn.content}` } : turn));
}
