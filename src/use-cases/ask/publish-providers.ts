import { transcriptLimit, UNLEARNED_RATIO } from '../../domain/answering/context/plan-window.ts';
import type { LanguageModels } from '../../ports/language-model.ts';
import type { ProviderDirectory, PublishedProvider } from '../../ports/provider-directory.ts';

/** A third of the time for which a publication holds: two may get lost. */
const AGAIN_AFTER_MS = 20_000;

/**
 * Says whom a worker can ask, again and again until it ends.
 * @param onLost told of publications that could not be stored
 * @returns how to end it
 */
export async function publishProviders(
  directory: ProviderDirectory,
  worker: string,
  models: LanguageModels,
  onLost: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const publish = () => directory.publish(worker, providersOf(models)).catch(onLost);
  await publish();
  const timer = setInterval(publish, AGAIN_AFTER_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await directory.withdraw(worker).catch(onLost);
  };
}

/** What may be known of the models outside the worker: no key, no address. */
export function providersOf(models: LanguageModels): PublishedProvider[] {
  return models.configured.map((provider) => {
    const { model, contextTokens, isSandbox } = models.get(provider);
    return { provider, model, sandbox: isSandbox, contextTokens, isDefault: provider === models.default };
  });
}

/** The longest transcript that one of these models takes; the API refuses what those who may answer cannot take. */
export function longestTranscript(
  models: LanguageModels,
  config: { MAX_TRANSCRIPT_TOKENS: number; MAX_OUTPUT_TOKENS: number },
): number {
  const window = Math.max(...models.configured.map((provider) => models.get(provider).contextTokens));
  const settings = { window, ratio: UNLEARNED_RATIO, maxOutputTokens: config.MAX_OUTPUT_TOKENS };
  return transcriptLimit(settings, config.MAX_TRANSCRIPT_TOKENS);
}
