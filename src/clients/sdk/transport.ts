import { ApiError } from './api-error.ts';
import { sleep } from './lib/sleep.ts';
import type { ErrorObject } from './wire-types.ts';

export interface TransportOptions {
  /** Where the service is; unset in a page that the service itself serves. */
  url?: string;
  /** It is sent in a header only, never in an address. */
  key: string;
  /** How often a request is repeated while the service is busy, away for a moment, or still answering. */
  maxRepeats: number;
  /** The messages for two errors: nobody answers, or another kind of server answers. */
  messages: { absent: string; stranger(status: number): string };
  /** The statuses after which it is repeated. */
  repeatable?: readonly number[];
  /** Told of each wait before a repeat. */
  onWait?(seconds: number): void;
  /** Sends a file whose sender asks how far it is. Without it, nobody is told. */
  sendFile?(path: string, request: FileRequest): Promise<Response>;
}

export interface Request {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  json?: object;
  file?: TranscriptFile;
}

export interface TranscriptFile {
  contentType: string;
  body: string | Blob | Uint8Array<ArrayBuffer>;
  /** Told which share of it is sent, from 0 to 1. */
  onSent?(share: number): void;
}

export interface FileRequest extends Required<Pick<TranscriptFile, 'body' | 'onSent'>> {
  method: string;
  headers: Record<string, string>;
}

/** Sends requests with one key. */
export interface Transport {
  /** @returns the response of a request that succeeded. @throws ApiError */
  send(path: string, request?: Request): Promise<Response>;
  absent(): ApiError;
  stranger(status: number): ApiError;
}

// The same request again gets the same outcome, and waits for it where needed.
const REPEATABLE = [429, 503, 504];
const DEFAULT_WAIT_S = 1;

export function createTransport(options: TransportOptions): Transport {
  const { url, key, maxRepeats, messages, repeatable = REPEATABLE, onWait } = options;
  const absent = () => new ApiError(0, { code: 'unreachable', message: messages.absent });
  const stranger = (status: number) => new ApiError(status, { code: 'unknown', message: messages.stranger(status) });

  async function send(path: string, request: Request = {}): Promise<Response> {
    for (let repeats = 0; ; repeats++) {
      const response = await sendOnce(path, request);
      if (response.ok) return response;
      if (!repeatable.includes(response.status) || repeats === maxRepeats) throw await errorOf(response);
      await response.body?.cancel();
      const wait = retryAfterOf(response) ?? DEFAULT_WAIT_S;
      onWait?.(wait);
      await sleep(wait * 1_000);
    }
  }

  async function sendOnce(path: string, { method = 'GET', headers = {}, json, file }: Request): Promise<Response> {
    const contentType = file?.contentType ?? (json && 'application/json');
    const body = file?.body ?? (json && JSON.stringify(json));
    const init = {
      method,
      headers: { authorization: `Bearer ${key}`, ...(contentType && { 'content-type': contentType }), ...headers },
      ...(body !== undefined && { body }),
    };
    try {
      if (file?.onSent && options.sendFile) {
        return await options.sendFile(path, { ...init, body: file.body, onSent: file.onSent });
      }
      return await fetch(url === undefined ? path : new URL(path, url), init);
    } catch {
      throw absent();
    }
  }

  async function errorOf(response: Response): Promise<ApiError> {
    const body: unknown = await response.json().catch(() => null);
    // A proxy in front of the service may answer in a form of its own.
    return isErrorBody(body)
      ? new ApiError(response.status, body.error, retryAfterOf(response))
      : stranger(response.status);
  }

  return { send, absent, stranger };
}

function isErrorBody(body: unknown): body is { error: ErrorObject } {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}

function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
