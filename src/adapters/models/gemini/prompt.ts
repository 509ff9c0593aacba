import type { Content, GenerateContentRequest } from '@google/generative-ai';
import type { Prompt } from '../../../domain/answering/prompt.ts';
import { type ChatMessage, toChatMessages } from '../lib/chat-messages.ts';

/** Gemini caches the longest common prefix by itself; the order is all that it needs. */
export function toGeminiRequest(prompt: Prompt, options: { maxOutputTokens: number }): GenerateContentRequest {
  const { system, history, question } = toChatMessages(prompt);
  return {
    systemInstruction: { role: 'system', parts: system.map((text) => ({ text })) },
    contents: [...history, question].map(toContent),
    generationConfig: { maxOutputTokens: options.maxOutputTokens },
  };
}

function toContent({ role, text }: ChatMessage): Content {
  return { role: role === 'assistant' ? 'model' : 'user', parts: [{ text }] };
}
