import { ApiError, unreachable } from './client.ts';
import { sleep } from './sleep.ts';

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 8_000;
const MOST_TRIES = 8;

/** How long to wait before the next try, and when to give up: longer each time, until something goes well again. */
export class Backoff {
  #tries = 0;

  reset(): void {
    this.#tries = 0;
  }

  /** @throws the failure when it will not pass by waiting, or not after so many tries */
  async wait(failure: unknown): Promise<void> {
    this.#tries += 1;
    const known = failure instanceof ApiError ? failure : unreachable();
    if (!PASSING.has(known.status) || this.#tries > MOST_TRIES) throw known;
    const longer = Math.min(FIRST_WAIT_MS * 2 ** (this.#tries - 1), LONGEST_WAIT_MS);
    await sleep((known.retryAfterS ?? 0) * 1_000 || longer);
  }
}

/** No answer, too many requests, and what a proxy or a dependency says while it is away. */
const PASSING = new Set([0, 429, 502, 503, 504]);
