import type { Content, GenerateContentRequest } from '@google/generative-ai';
import type { Prompt } from '../../../domain/answering/prompt.ts';
import { type ChatMessage, toChatMessages, withRulesInFirst } from '../lib/chat-messages.ts';
import type { GeminiDialect } from './dialect.ts';

interface RequestOptions {
  maxOutputTokens: number;
  dialect: GeminiDialect;
}

/** Gemini caches the longest common prefix by itself; the order is all that it needs. */
export function toGeminiRequest(prompt: Prompt, options: RequestOptions): GenerateContentRequest {
  const { system, history, question } = toChatMessages(prompt);
  const turns = [...history, question];
  const generationConfig = { maxOutputTokens: options.maxOutputTokens };
  if (!options.dialect.systemInstruction) {
    return { contents: withRulesInFirst(system, turns).map(toContent), generationConfig };
  }
  return {
    systemInstruction: { role: 'system', parts: system.map((text) => ({ text })) },
    contents: turns.map(toContent),
    generationConfig,
  };
}

function toContent({ role, text }: ChatMessage): Content {
  return { role: role === 'assistant' ? 'model' : 'user', parts: [{ text }] };
}
