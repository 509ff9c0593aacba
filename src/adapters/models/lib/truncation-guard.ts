import { TruncationWatch } from '../../../domain/answering/models/truncation-watch.ts';
import { type Prompt, textsOfPrompt } from '../../../domain/answering/prompt.ts';
import type { TokenUsage } from '../../../domain/ask/message.ts';
import { providerFailure } from '../../../domain/shared/errors.ts';
import type { Provider } from '../../../domain/shared/provider.ts';
import { countTokens } from '../../../domain/shared/tokens.ts';
import type { ModelSettings } from './model-settings.ts';
import { type Counts, hasInput } from './reply/counts.ts';

/**
 * Watches the tokens that one model counts in its prompts.
 *
 * @returns a check of one reply's tokens, which marks those that do not fit the prompt. It throws AskError
 * `context_truncated` when the server has certainly cut the prompt: what it says then rests on a part of it.
 */
export function createTruncationGuard(provider: Provider, { model, log }: ModelSettings) {
  const watch = new TruncationWatch();
  return (prompt: Prompt, counts: Counts, tokens: TokenUsage): TokenUsage => {
    if (!hasInput(counts)) return tokens;
    const texts = textsOfPrompt(prompt);
    const ours = promptTokens(prompt);
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    const verdict = watch.judge({ ours, characters, counted: tokens.input });
    if (verdict === 'whole') return tokens;
    if (verdict === 'truncated') throw providerFailure(provider, 'context_truncated');
    log?.({
      provider,
      model,
      reason: 'suspect_count',
      status: undefined,
      said: `counted ${tokens.input} tokens in a prompt of ${ours}`,
    });
    if (verdict === 'suspect') return { ...tokens, suspect: true };
    return { ...tokens, input: ours, cached: 0, estimated: true, suspect: true };
  };
}

/** Tokens of a prompt as this service counts them, without what a protocol adds. */
export function promptTokens(prompt: Prompt): number {
  return textsOfPrompt(prompt).reduce((tokens, text) => tokens + countTokens(text), 0);
}
