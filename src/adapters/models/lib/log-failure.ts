import type { Prompt } from '../../../domain/answering/prompt.ts';
import type { AskError } from '../../../domain/shared/errors.ts';
import type { Provider } from '../../../domain/shared/provider.ts';
import { codesOf } from './attempt.ts';
import { ModelServerError } from './failures/model-server-error.ts';
import type { ModelSettings } from './model-settings.ts';
import { redact } from './redact.ts';

/** Writes a failed attempt to the log of the worker, with the provider's own words, which no client sees. */
export function logFailure(provider: Provider, { apiKey, headers, model, log }: ModelSettings, prompt: Prompt) {
  return (failure: AskError, met: unknown): void => {
    const secrets = [apiKey, ...Object.values(headers ?? {})];
    log?.({
      provider,
      model,
      reason: failure.details?.reason,
      status: failure.details?.status,
      said: met instanceof ModelServerError ? redact(met.said.text, secrets, prompt) : codesOf(met).join(' '),
    });
  };
}
