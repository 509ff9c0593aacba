import type { Provider } from '../../../domain/shared/provider.ts';
import type { ModelReply } from '../../../ports/language-model.ts';
import { failureOf, type HttpFailure } from './provider-failure.ts';

interface AttemptOptions {
  provider: Provider;
  /** The caller's cancellation. */
  signal: AbortSignal;
  timeoutMs: number;
  /** Reads the provider's reply out of its SDK's error; null when there was none. */
  httpFailure: (error: unknown) => HttpFailure | null;
}

/**
 * One attempt of a model call. The deadline stands here and not in the SDKs, whose timers stop at the reply's headers: a
 * body that never ends would hang for ever. With the attempt ends its request: not every SDK closes a stream that is
 * left in its middle.
 *
 * @throws the signal's own reason when the caller cancelled, so that Temporal knows its cancellation again; else AskError.
 */
export async function attempt(
  options: AttemptOptions,
  call: (signal: AbortSignal) => Promise<ModelReply>,
): Promise<ModelReply> {
  const { provider, signal, timeoutMs, httpFailure } = options;
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const failed = new AbortController();
  try {
    return await call(AbortSignal.any([signal, deadline, failed.signal]));
  } catch (error) {
    failed.abort();
    signal.throwIfAborted();
    throw failureOf(provider, error, { http: httpFailure(error), timedOut: deadline.aborted });
  }
}
