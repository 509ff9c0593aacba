import { ApiError } from './api-error.ts';
import { sleep } from './lib/sleep.ts';

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 8_000;
const MAX_TRIES = 8;

/** Says how long to wait before the next try, and when to give up. The wait grows until a try succeeds. */
export class Backoff {
  readonly #absent: () => ApiError;
  #tries = 0;

  /** @param absent makes the error of a connection that broke */
  constructor(absent: () => ApiError) {
    this.#absent = absent;
  }

  reset(): void {
    this.#tries = 0;
  }

  /** @throws the failure when waiting does not help, or after too many tries */
  async wait(failure: unknown): Promise<void> {
    this.#tries += 1;
    const known = failure instanceof ApiError ? failure : this.#absent();
    if (!PASSING.has(known.status) || this.#tries > MAX_TRIES) throw known;
    const longer = Math.min(FIRST_WAIT_MS * 2 ** (this.#tries - 1), LONGEST_WAIT_MS);
    await sleep((known.retryAfterS ?? 0) * 1_000 || longer);
  }
}

/** No answer, too many requests, and the statuses of a proxy or a dependency that is away. */
const PASSING = new Set([0, 429, 502, 503, 504]);
