import OpenAI from 'openai';
import type { LanguageModel } from '../../../ports/language-model.ts';
import { createModel } from '../lib/create-model.ts';
import type { ModelSettings } from '../lib/model-settings.ts';
import { keepingFetch } from '../lib/reply/raw-reply.ts';
import { addressOf } from './address.ts';
import { createOpenAiDialects } from './dialect.ts';
import { readOpenAiPiece } from './piece.ts';
import { toOpenAiRequest } from './prompt.ts';

/** OpenAI by its chat completions, which every OpenAI-compatible server speaks too. */
export function createOpenAiModel(settings: ModelSettings): LanguageModel {
  const client = new OpenAI({
    ...addressOf(settings),
    fetch: keepingFetch,
    maxRetries: 0,
    // Out of the way of the deadline in `attempt`.
    timeout: 2 * settings.timeoutMs,
    // At its level `debug` the SDK prints prompts, whoever sets that in the environment.
    logLevel: 'off',
  });
  const dialects = createOpenAiDialects(settings.compat);
  return createModel(
    {
      provider: 'openai',
      readPiece: readOpenAiPiece,
      begin(prompt, options) {
        const { dialect, ...learning } = dialects.begin();
        return {
          ...learning,
          send: (signal) =>
            client.chat.completions.create(
              toOpenAiRequest(prompt, { ...options, model: settings.model, dialect: dialect() }),
              { signal },
            ),
        };
      },
    },
    settings,
  );
}
