import type { ErrorObject } from '../lib/types.ts';

/** An answer that is no success. `status` is 0 where there was no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly error: ErrorObject;
  /** How long the service asks to wait; null when it does not say. */
  readonly retryAfterS: number | null;

  constructor(status: number, error: ErrorObject, retryAfterS: number | null = null) {
    super(error.message);
    this.status = status;
    this.error = error;
    this.retryAfterS = retryAfterS;
  }
}

export interface Sent {
  method?: 'GET' | 'POST' | 'DELETE';
  headers?: Record<string, string>;
  /** JSON, unless it is a file, which is sent as it is. */
  body?: object;
  signal?: AbortSignal | undefined;
}

/** The API, asked with one key. The key travels in the header alone, never in an address. */
export class Api {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  /** @throws ApiError */
  async json<T>(path: string, sent: Sent = {}): Promise<T> {
    const response = await this.send(path, sent);
    return response.json().catch(() => Promise.reject(unreachable()));
  }

  /** The response once its head is there. @throws ApiError */
  async send(path: string, { method = 'GET', headers = {}, body, signal }: Sent): Promise<Response> {
    const isFile = body instanceof Blob;
    const response = await fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body && !isFile && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: isFile ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    }).catch((error: unknown) => Promise.reject(signal?.aborted ? error : unreachable()));
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

export function unreachable(): ApiError {
  return new ApiError(0, { code: 'unreachable', message: 'Check your connection, and that the service is running.' });
}

async function refusal(response: Response): Promise<ApiError> {
  const wait = Number(response.headers.get('retry-after'));
  // A proxy in front of the service may answer in a form of its own.
  const body: { error?: ErrorObject } = await response.json().catch(() => ({}));
  const error = body.error ?? { code: 'unknown', message: `The service answered with status ${response.status}.` };
  return new ApiError(response.status, error, wait > 0 ? wait : null);
}
