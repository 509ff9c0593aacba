import type { ChatCompletionCreateParams, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { Prompt } from '../../../domain/answering/prompt.ts';
import { type ChatMessage, toChatMessages, withRulesInFirst } from '../lib/chat-messages.ts';
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
  const streams = dialect.streams === 'always' || (isStreamed && dialect.streams === 'as asked');
  return {
    model,
    [dialect.limit]: maxOutputTokens,
    messages: messagesOf(prompt, dialect.rulesRole),
    ...(streams ? { stream: true as const } : {}),
    ...(streams && dialect.streamOptions ? { stream_options: { include_usage: true } } : {}),
  };
}

function messagesOf(prompt: Prompt, rulesRole: Dialect['rulesRole']): ChatCompletionMessageParam[] {
  const { system, history, question } = toChatMessages(prompt);
  const turns = [...history, question];
  if (rulesRole === 'user') return withRulesInFirst(system, turns).map(toMessage);
  return [{ role: rulesRole, content: system.join('\n\n') }, ...turns.map(toMessage)];
}

function toMessage({ role, text }: ChatMessage): ChatCompletionMessageParam {
  return { role, content: text };
}
