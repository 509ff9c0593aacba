import { Errors, type Index, Pinecone } from '@pinecone-database/pinecone';
import { AskError, unavailable } from '../../domain/shared/errors.ts';

export interface PineconeSettings {
  apiKey: string;
  /** Host or URL of the dense and of the sparse index; both with integrated inference over the field `text`. */
  denseHost: string;
  sparseHost: string;
  /** The address of the hosted models; default: Pinecone's own. */
  inferenceHost?: string;
  /** One request. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/** The SDK without its own retries: Temporal is the one place where retries happen. */
export function connect(settings: PineconeSettings): { client: Pinecone; dense: Index; sparse: Index } {
  const client = new Pinecone({
    apiKey: settings.apiKey,
    maxRetries: 0,
    fetchApi: fetchWithin(settings.timeoutMs ?? TIMEOUT_MS),
    ...(settings.inferenceHost === undefined ? {} : { controllerHostUrl: settings.inferenceHost }),
  });
  return {
    client,
    dense: client.index({ host: settings.denseHost }),
    sparse: client.index({ host: settings.sparseHost }),
  };
}

/**
 * One call of the SDK.
 * @throws AskError `unavailable` when repeating it may help, else `internal_error` that says nothing of the request.
 */
export async function call<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw askErrorOf(error);
  }
}

/** For deletions: a missing record needs none. */
export async function ignoringMissing(request: () => Promise<void>): Promise<void> {
  await call(() =>
    request().catch((error: unknown) => {
      if (!(error instanceof Errors.PineconeNotFoundError)) throw error;
    }),
  );
}

function askErrorOf(error: unknown): AskError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof AskError) return cause;
  const refused = error instanceof Errors.BasePineconeError && !(error instanceof Errors.PineconeConnectionError);
  // The service's message may quote the request, so only the name of its error is kept.
  if (refused) return new AskError('internal_error', `Pinecone refused a request (${error.name}).`);
  return unavailable('Pinecone', error);
}

function fetchWithin(timeoutMs: number): typeof fetch {
  return async (url, init) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { ...init, signal }).catch((cause: unknown) => {
      throw unavailable('Pinecone', cause);
    });
    if (response.status >= 500 || response.status === 429 || response.status === 408) throw unavailable('Pinecone');
    return response;
  };
}
