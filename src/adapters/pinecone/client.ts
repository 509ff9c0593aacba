import { Errors, type Index, Pinecone } from '@pinecone-database/pinecone';
import { AskError, askedToWait, refusedBy, unavailable } from '../../domain/shared/errors.ts';
import { retryAfterMs } from '../models/lib/failures/retry-headers.ts';

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

/** The control plane, which makes indexes. */
export function controlPlane({ apiKey, controllerHost }: { apiKey: string; controllerHost?: string }): Pinecone {
  return new Pinecone({
    apiKey,
    maxRetries: 0,
    fetchApi: fetchWithin(TIMEOUT_MS),
    ...(controllerHost === undefined ? {} : { controllerHostUrl: controllerHost }),
  });
}

/**
 * One call of the SDK.
 * @throws AskError `unavailable` when repeating it may help, with the wait that the index asks for; else `internal_error`,
 *   which is not tried again. It says nothing of the request.
 */
export async function call<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw askErrorOf(error);
  }
}

/** One GET of the local index beside Pinecone's protocol; null where it has no such thing. @throws AskError as `call` does */
export async function readJson(url: string, apiKey: string): Promise<unknown> {
  const fetchOnce = fetchWithin(TIMEOUT_MS);
  return call(async () => {
    const response = await fetchOnce(url, { headers: { 'Api-Key': apiKey } });
    return response.status === 404 ? null : response.json();
  });
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
  if (error instanceof Errors.PineconeNotFoundError) return refusalOf(404);
  const refused = error instanceof Errors.BasePineconeError && !(error instanceof Errors.PineconeConnectionError);
  // The service's message may quote the request, so only the name of its error is kept.
  if (refused) return new AskError('internal_error', `The index refused a request (${error.name}).`);
  return unavailable('The index', error);
}

/** What the reader of a refusal can do, by its status. */
const REMEDIES = new Map([
  [401, 'Check the key: PINECONE_API_KEY, or RETRIEVAL_TOKEN for a local index.'],
  [402, 'Check the plan and the billing of the Pinecone account.'],
  [403, 'Check the key and what it may do: PINECONE_API_KEY, or RETRIEVAL_TOKEN for a local index.'],
  [404, 'Check PINECONE_INDEX_HOST and PINECONE_SPARSE_INDEX_HOST, or RETRIEVAL_URL: there is no such index.'],
]);

function refusalOf(status: number): AskError {
  return refusedBy('The index', status, REMEDIES.get(status) ?? 'It does not take such records or queries.');
}

function fetchWithin(timeoutMs: number): typeof fetch {
  return async (url, init) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { ...init, signal }).catch((cause: unknown) => {
      throw unavailable('The index', cause);
    });
    const { status } = response;
    if (status < 400 || status === 404) return response;
    await response.body?.cancel();
    if (status < 500 && status !== 429 && status !== 408) throw refusalOf(status);
    const wait = retryAfterMs(response.headers, Date.now());
    throw wait === undefined ? unavailable('The index') : askedToWait('The index', wait);
  };
}
