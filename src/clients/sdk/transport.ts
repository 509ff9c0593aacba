import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { errorBody } from '../../http/kernel/schemas/error-schemas.ts';
import { ApiError } from './api-error.ts';

export interface Post {
  idempotencyKey: string;
  contentType: string;
  body: string | Uint8Array<ArrayBuffer>;
}

export interface Request {
  /** GET where there is none. */
  post?: Post | undefined;
  headers?: Record<string, string>;
}

/** Requests with one key, patient with a service that is busy. */
export type Transport = ReturnType<typeof createTransport>;

// Busy, away for a moment, or still answering: the same request again waits for, or attaches to, the same outcome.
const REPEATABLE = new Set([429, 503, 504]);
const MAX_REPEATS = 10;
const DEFAULT_WAIT_MS = 1_000;

export function createTransport({ url, key }: { url: string; key: string }) {
  const absent = () =>
    new Error(`The service at ${url} does not answer. Start it with \`npm start\`, or check ASK_API_URL.`);

  /** What is wrong when an answer is none of this service's. */
  const stranger = () => new Error(`${url} answers as no Ask service does. Check ASK_API_URL.`);

  return { call, reach, absent, stranger };

  /** @throws ApiError, or an Error when no service answers there. */
  async function call<S extends z.ZodType>(path: string, schema: S, post?: Post): Promise<z.output<S>> {
    const response = await reach(path, { post });
    const parsed = schema.safeParse(await response.json().catch(() => null));
    if (!parsed.success) throw stranger();
    return parsed.data;
  }

  /** The response once it is a success. @throws as `call` does. */
  async function reach(path: string, request: Request): Promise<Response> {
    for (let repeats = 0; ; repeats++) {
      const response = await send(path, request);
      if (response.ok) return response;
      if (!REPEATABLE.has(response.status) || repeats === MAX_REPEATS) throw await errorOf(response);
      await response.body?.cancel();
      await sleep(waitOf(response));
    }
  }

  async function send(path: string, { post, headers }: Request): Promise<Response> {
    const always = { ...headers, Authorization: `Bearer ${key}` };
    try {
      if (post === undefined) return await fetch(new URL(path, url), { headers: always });
      const posted = { ...always, 'Content-Type': post.contentType, 'Idempotency-Key': post.idempotencyKey };
      return await fetch(new URL(path, url), { method: 'POST', headers: posted, body: post.body });
    } catch {
      throw absent();
    }
  }

  async function errorOf(response: Response): Promise<Error> {
    const parsed = errorBody.safeParse(await response.json().catch(() => null));
    if (parsed.success) return new ApiError(parsed.data.error);
    return new Error(`${url} answers ${response.status}, and not as an Ask service does. Check ASK_API_URL.`);
  }
}

function waitOf(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : DEFAULT_WAIT_MS;
}
