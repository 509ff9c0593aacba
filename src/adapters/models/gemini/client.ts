import { GoogleGenerativeAI } from '@google/generative-ai';
import type { LanguageModel } from '../../../ports/language-model.ts';
import { createModel } from '../lib/create-model.ts';
import type { ModelSettings } from '../lib/model-settings.ts';
import { keepingFetch } from '../lib/reply/raw-reply.ts';
import { createGeminiDialects } from './dialect.ts';
import { readGeminiPiece } from './piece.ts';
import { toGeminiRequest } from './prompt.ts';

// The SDK takes no fetch of ours and calls the global one. Requests of anybody else pass through it unchanged.
globalThis.fetch = keepingFetch;

/** Gemini by `generateContent`. Its SDK makes no retries of its own. */
export function createGeminiModel(settings: ModelSettings): LanguageModel {
  const { apiKey, baseUrl, model } = settings;
  const client = new GoogleGenerativeAI(apiKey).getGenerativeModel({ model }, baseUrl === undefined ? {} : { baseUrl });
  const dialects = createGeminiDialects();
  return createModel(
    {
      provider: 'gemini',
      readPiece: readGeminiPiece,
      begin(prompt, { maxOutputTokens, isStreamed }) {
        const { dialect, ...learning } = dialects.begin();
        return {
          ...learning,
          send(signal) {
            const request = toGeminiRequest(prompt, { maxOutputTokens, dialect: dialect() });
            return isStreamed
              ? client.generateContentStream(request, { signal })
              : client.generateContent(request, { signal });
          },
        };
      },
    },
    settings,
  );
}
