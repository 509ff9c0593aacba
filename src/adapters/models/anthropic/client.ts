import Anthropic from '@anthropic-ai/sdk';
import type { LanguageModel } from '../../../ports/language-model.ts';
import { createModel } from '../lib/create-model.ts';
import type { ModelSettings } from '../lib/model-settings.ts';
import { keepingFetch } from '../lib/reply/raw-reply.ts';
import { createAnthropicDialects } from './dialect.ts';
import { readAnthropicPiece } from './piece.ts';
import { toAnthropicRequest } from './prompt.ts';

/** Claude by Anthropic's messages. */
export function createAnthropicModel(settings: ModelSettings): LanguageModel {
  const { apiKey, baseUrl, model, timeoutMs } = settings;
  const client = new Anthropic({
    apiKey,
    authToken: null,
    baseURL: baseUrl,
    fetch: keepingFetch,
    maxRetries: 0,
    // Out of the way of the deadline in `attempt`.
    timeout: 2 * timeoutMs,
    // At its level `debug` the SDK prints prompts, whoever sets that in the environment.
    logLevel: 'off',
  });
  const dialects = createAnthropicDialects();
  return createModel(
    {
      provider: 'claude',
      readPiece: readAnthropicPiece,
      begin(prompt, { maxOutputTokens, isStreamed }) {
        const { dialect, ...learning } = dialects.begin();
        const request = () => toAnthropicRequest(prompt, { model, maxOutputTokens, dialect: dialect() });
        return {
          ...learning,
          send: (signal) => client.messages.create({ ...request(), stream: isStreamed }, { signal }),
        };
      },
    },
    settings,
  );
}
