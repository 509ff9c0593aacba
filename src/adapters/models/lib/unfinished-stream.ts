import { type AskError, providerFailure } from '../../../domain/shared/errors.ts';
import type { Provider } from '../../../domain/shared/provider.ts';

/**
 * What an SDK streams, until the signal aborts: some SDKs end an aborted stream as if it were whole.
 *
 * @throws the signal's reason; AskError `malformed_reply` when the body held no event at all.
 */
export async function* chunksOf(
  provider: Provider,
  stream: AsyncIterable<unknown>,
  signal: AbortSignal,
): AsyncGenerator<unknown> {
  let any = false;
  for await (const chunk of stream) {
    signal.throwIfAborted();
    any = true;
    yield chunk;
  }
  signal.throwIfAborted();
  if (!any) throw providerFailure(provider, 'malformed_reply', { retryable: true });
}

/** A stream that was over before the model had said why it stops: its connection was closed in its middle. */
export function unfinishedStream(provider: Provider): AskError {
  return providerFailure(provider, 'connection', { retryable: true });
}
