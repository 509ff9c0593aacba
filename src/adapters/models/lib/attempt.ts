import { isNativeError } from 'node:util/types';
import { AskError, providerFailure } from '../../../domain/shared/errors.ts';
import type { Provider } from '../../../domain/shared/provider.ts';
import { PROVIDER_FAILURES, type ProviderFailureReason } from '../../../domain/shared/provider-failures.ts';
import type { ModelReply } from '../../../ports/language-model.ts';
import { ModelServerError } from './failures/model-server-error.ts';

interface AttemptOptions {
  provider: Provider;
  /** The caller's cancellation. */
  signal: AbortSignal;
  timeoutMs: number;
  /** Takes what the failed attempt met, for the log. */
  onFailure: (failure: AskError, met: unknown) => void;
}

/**
 * One attempt of a model call. The deadline stands here and not in the SDKs, whose timers stop at the reply's headers: a
 * body that never ends would hang for ever. The end of the attempt ends its request too.
 *
 * @throws the signal's own reason when the caller cancelled, so that Temporal knows its cancellation again; else AskError.
 */
export async function attempt(
  options: AttemptOptions,
  call: (signal: AbortSignal) => Promise<ModelReply>,
): Promise<ModelReply> {
  const { provider, signal, timeoutMs, onFailure } = options;
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const over = new AbortController();
  try {
    return await call(AbortSignal.any([signal, deadline, over.signal]));
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(provider, error, deadline.aborted);
    onFailure(failure, error);
    throw failure;
  } finally {
    over.abort();
  }
}

/** The error carries neither the provider's words nor a cause, because both may repeat the prompt, the address or the key. */
function failureOf(provider: Provider, error: unknown, timedOut: boolean): AskError {
  if (error instanceof AskError) return error;
  if (!(error instanceof ModelServerError)) return providerFailure(provider, timedOut ? 'timeout' : broken(error));
  const { reason, status, retryAfterMs, shouldRetry } = error;
  return providerFailure(provider, reason, {
    retryable: retryableBy(reason, shouldRetry),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** A server may know better whether a request is worth repeating, but for failures that no repetition can mend. */
function retryableBy(reason: ProviderFailureReason, shouldRetry: boolean | undefined): boolean {
  const { retried } = PROVIDER_FAILURES[reason];
  return retried || reason === 'bad_request' ? (shouldRetry ?? retried) : false;
}

/** A connection that could not be made or broke; one that speaks no TLS, or with a strange certificate, is another address. */
function broken(error: unknown): ProviderFailureReason {
  return codesOf(error).some((code) => /^ERR_(SSL|TLS)|CERT|INVALID_URL/.test(code)) ? 'wrong_address' : 'connection';
}

/** The codes of an error and of what caused it. */
export function codesOf(error: unknown): string[] {
  if (!isNativeError(error)) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [...code, ...codesOf(error.cause)];
}
