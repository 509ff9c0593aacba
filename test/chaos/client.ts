import type { z } from 'zod';
import { errorBody } from '../../src/http/kernel/schemas/error-schemas.ts';

/** One HTTP exchange. `error` is the wire code, or `connection` when no reply came. */
export interface Reply {
  error: string | null;
  status: number | null;
  replayed: boolean;
  /** Milliseconds that the server asks to wait. */
  retryAfterMs: number;
  body: unknown;
}

export interface ChaosClient {
  get(path: string): Promise<Reply>;
  post(path: string, body: object, idempotencyKey?: string): Promise<Reply>;
}

/** A client that never throws: what went wrong is part of its account. @param urls one for each API, taken in turn. */
export function chaosClient(urls: readonly string[], secret: string): ChaosClient {
  let turn = 0;
  async function send(path: string, init: { method: string; headers?: Record<string, string>; body?: string }) {
    const url = urls[turn++ % urls.length];
    const headers = { authorization: `Bearer ${secret}`, ...init.headers };
    try {
      return await replyOf(await fetch(`${url}${path}`, { ...init, headers }));
    } catch {
      return { error: 'connection', status: null, replayed: false, retryAfterMs: 0, body: null };
    }
  }
  return {
    get: (path) => send(path, { method: 'GET' }),
    post: (path, body, idempotencyKey) => {
      const key = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
      const headers = { 'content-type': 'application/json', ...key };
      return send(path, { method: 'POST', headers, body: JSON.stringify(body) });
    },
  };
}

/** What a server said with success. @throws when it did not. */
export async function got<S extends z.ZodType>(reply: Promise<Reply>, schema: S): Promise<z.output<S>> {
  const { status, error, body } = await reply;
  if (error !== null) throw new Error(`${status ?? ''} ${error}: ${JSON.stringify(body)}`);
  return schema.parse(body);
}

async function replyOf(response: Response): Promise<Reply> {
  const body: unknown = await response.json();
  return {
    error: response.ok ? null : errorBody.parse(body).error.code,
    status: response.status,
    replayed: response.headers.get('idempotent-replayed') === 'true',
    retryAfterMs: 1_000 * Number(response.headers.get('retry-after') ?? 0),
    body,
  };
}
