import type {
  CacheControlEphemeral,
  MessageCreateParamsNonStreaming,
  MessageParam,
  TextBlockParam,
} from '@anthropic-ai/sdk/resources/messages';
import type { Prompt } from '../../../domain/answering/prompt.ts';
import { type ChatMessage, toChatMessages } from '../lib/chat-messages.ts';

/** Anthropic caches up to the marked blocks: one after a stable context, one after the history. */
export function toAnthropicRequest(
  prompt: Prompt,
  options: { model: string; maxOutputTokens: number },
): MessageCreateParamsNonStreaming {
  const { system, history, question } = toChatMessages(prompt);
  return {
    model: options.model,
    max_tokens: options.maxOutputTokens,
    system: system.map((text, i) => textBlock(text, prompt.contextIsStable && i === system.length - 1)),
    messages: [...history.map((turn, i) => toMessage(turn, i === history.length - 1)), toMessage(question, false)],
  };
}

function toMessage({ role, text }: ChatMessage, cached: boolean): MessageParam {
  return { role, content: [textBlock(text, cached)] };
}

function textBlock(text: string, cached: boolean): TextBlockParam {
  return { type: 'text', text, ...(cached ? { cache_control: CACHED } : {}) };
}

const CACHED: CacheControlEphemeral = { type: 'ephemeral' };
