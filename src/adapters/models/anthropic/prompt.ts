import type {
  CacheControlEphemeral,
  MessageCreateParamsNonStreaming,
  MessageParam,
  TextBlockParam,
} from '@anthropic-ai/sdk/resources/messages';
import type { Prompt } from '../../../domain/answering/prompt.ts';
import { type ChatMessage, toChatMessages } from '../lib/chat-messages.ts';
import type { AnthropicDialect } from './dialect.ts';

interface RequestOptions {
  model: string;
  maxOutputTokens: number;
  dialect: AnthropicDialect;
}

/** Anthropic caches up to the marked blocks: one after a stable context, one after the history. */
export function toAnthropicRequest(
  prompt: Prompt,
  { model, maxOutputTokens, dialect }: RequestOptions,
): MessageCreateParamsNonStreaming {
  const { system, history, question } = toChatMessages(prompt);
  const { blocks, cacheControl } = dialect;
  const message = ({ role, text }: ChatMessage, isCached: boolean): MessageParam => ({
    role,
    content: blocks ? [textBlock(text, isCached && cacheControl)] : text,
  });
  const isCachedRule = (i: number) => cacheControl && prompt.contextIsStable && i === system.length - 1;
  return {
    model,
    max_tokens: maxOutputTokens,
    system: blocks ? system.map((text, i) => textBlock(text, isCachedRule(i))) : system.join('\n\n'),
    messages: [...history.map((turn, i) => message(turn, i === history.length - 1)), message(question, false)],
  };
}

function textBlock(text: string, isCached: boolean): TextBlockParam {
  return { type: 'text', text, ...(isCached ? { cache_control: CACHED } : {}) };
}

const CACHED: CacheControlEphemeral = { type: 'ephemeral' };
