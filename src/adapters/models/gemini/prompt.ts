import type { Content, GenerateContentRequest } from '@google/generative-ai';
import type { Prompt } from '../../../domain/answering/prompt.ts';
import { conversationOf, type Turn } from '../lib/conversation.ts';

/** Gemini caches the longest common prefix by itself; the order is all that it needs. */
export function toGeminiRequest(prompt: Prompt, options: { maxOutputTokens: number }): GenerateContentRequest {
  const { system, history, question } = conversationOf(prompt);
  return {
    systemInstruction: { role: 'system', parts: system.map((text) => ({ text })) },
    contents: [...history, question].map(toContent),
    generationConfig: { maxOutputTokens: options.maxOutputTokens },
  };
}

function toContent({ role, text }: Turn): Content {
  return { role: role === 'assistant' ? 'model' : 'user', parts: [{ text }] };
}
