import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { Prompt } from '../../../domain/answering/prompt.ts';
import { type ChatMessage, toChatMessages } from '../lib/chat-messages.ts';

/** OpenAI caches the longest common prefix by itself; the order is all that it needs. */
export function toOpenAiRequest(
  prompt: Prompt,
  options: { model: string; maxOutputTokens: number },
): ChatCompletionCreateParamsNonStreaming {
  const { system, history, question } = toChatMessages(prompt);
  return {
    model: options.model,
    max_completion_tokens: options.maxOutputTokens,
    messages: [{ role: 'system', content: system.join('\n\n') }, ...history.map(toMessage), toMessage(question)],
  };
}

function toMessage({ role, text }: ChatMessage) {
  return { role, content: text };
}
