import { z } from 'zod';

/** Asks the running API, with one key. */
export interface ApiClient {
  /** @throws ApiFailure when the answer is no success. */
  get<T>(path: string, answer: z.ZodType<T>): Promise<T>;
  /**
   * @param key the `Idempotency-Key`: repeating the call after a crash changes nothing
   * @throws ApiFailure
   */
  post<T>(path: string, body: unknown, key: string, answer: z.ZodType<T>): Promise<T>;
}

export class ApiFailure extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const PATIENCE_MS = 60_000;
const MAX_WAITS = 5;

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

export function apiClient(url: string, secret: string): ApiClient {
  const authorization = `Bearer ${secret}`;
  return {
    get: (path, answer) => send(`${url}${path}`, { headers: { authorization } }, answer),
    post: (path, body, key, answer) => {
      const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': key };
      return send(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }, answer);
    },
  };
}

async function send<T>(url: string, request: RequestInit, answer: z.ZodType<T>): Promise<T> {
  for (let waits = 0; ; waits++) {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await response.text();
    if (response.ok) return answer.parse(JSON.parse(text));
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    if (![429, 503].includes(response.status) || !Number.isFinite(wait) || waits === MAX_WAITS) {
      throw new ApiFailure(response.status, `${new URL(url).pathname} answers ${response.status}: ${messageOf(text)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, wait * 1_000));
  }
}

function messageOf(text: string): string {
  try {
    return errorSchema.parse(JSON.parse(text)).error.message;
  } catch {
    return 'no error object';
  }
}
