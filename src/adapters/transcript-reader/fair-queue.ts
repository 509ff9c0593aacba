import { AskError } from '../../domain/shared/errors.ts';

/** Work of one kind, one piece at a time: owners in turn, so that one with much work does not hold up another one. */
export class FairQueue {
  readonly #maxWaiting: number;
  /** By owner, in the order in which they are served. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #isBusy = false;

  /** @param maxWaiting pieces of one owner that may wait */
  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /** Runs the work when it is its turn. @throws AskError `queue_full` when too much of this owner waits */
  async run<T>(owner: string, work: () => Promise<T>): Promise<T> {
    await this.#turnOf(owner);
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #turnOf(owner: string): Promise<void> {
    if (!this.#isBusy) {
      this.#isBusy = true;
      return Promise.resolve();
    }
    const line = this.#waiting.get(owner) ?? [];
    if (line.length >= this.#maxWaiting) throw tooManyImports();
    this.#waiting.set(owner, line);
    return new Promise((resolve) => line.push(resolve));
  }

  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) {
      this.#isBusy = false;
      return;
    }
    const [owner, line] = first;
    const begin = line.shift();
    // The owner goes behind the others.
    this.#waiting.delete(owner);
    if (line.length > 0) this.#waiting.set(owner, line);
    begin?.();
  }
}

export function tooManyImports(): AskError {
  return new AskError('queue_full', 'Too many imports of this project run at once. Wait as long as Retry-After says.', {
    retryAfterMs: 2_000,
  });
}
