export interface FairQueueOptions {
  /** Pieces of work that may go on at once. */
  slots?: number;
  /** Of them, how many may be of one owner; asked anew whenever work may begin. */
  perOwner?: number | (() => number);
  /** Pieces of one owner that may wait; unset: any number. */
  maxWaiting?: number;
}

/** An owner has too much waiting work. */
export class QueueFull extends Error {}

/** Work of one kind, some pieces at a time: owners in turn, so that one with much work does not hold up another one. */
export class FairQueue {
  readonly #perOwner: () => number;
  readonly #maxWaiting: number;
  /** By owner, in the order in which they are served. */
  readonly #waiting = new Map<string, (() => void)[]>();
  /** Pieces that go on, by owner. */
  readonly #going = new Map<string, number>();
  #free: number;

  constructor({ slots = 1, perOwner = slots, maxWaiting = Number.POSITIVE_INFINITY }: FairQueueOptions = {}) {
    this.#free = slots;
    this.#perOwner = typeof perOwner === 'number' ? () => perOwner : perOwner;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Runs the work when it is its turn.
   * @param signal ends the waiting, not the work
   * @throws QueueFull when too much of this owner waits; the signal's reason when it ended the waiting
   */
  async run<T>(owner: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#mayBegin(owner)) this.#begin(owner);
    else await this.#turnOf(owner, signal);
    try {
      return await work();
    } finally {
      this.#end(owner);
    }
  }

  #mayBegin(owner: string): boolean {
    return this.#free > 0 && (this.#going.get(owner) ?? 0) < this.#perOwner();
  }

  #begin(owner: string): void {
    this.#free--;
    this.#going.set(owner, (this.#going.get(owner) ?? 0) + 1);
  }

  #end(owner: string): void {
    this.#free++;
    const left = (this.#going.get(owner) ?? 0) - 1;
    if (left > 0) this.#going.set(owner, left);
    else this.#going.delete(owner);
    while (this.#beginNext());
  }

  #turnOf(owner: string, signal: AbortSignal | undefined): Promise<void> {
    const line = this.#waiting.get(owner) ?? [];
    if (line.length >= this.#maxWaiting) throw new QueueFull();
    this.#waiting.set(owner, line);
    return new Promise((resolve, reject) => {
      const begin = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        line.splice(line.indexOf(begin), 1);
        if (line.length === 0) this.#waiting.delete(owner);
        reject(signal?.reason);
      };
      line.push(begin);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Begins the first piece of the first owner who may go on. That owner then goes behind the others. @returns false where none may */
  #beginNext(): boolean {
    for (const [owner, line] of this.#waiting) {
      if (!this.#mayBegin(owner)) continue;
      const begin = line.shift();
      this.#waiting.delete(owner);
      if (line.length > 0) this.#waiting.set(owner, line);
      this.#begin(owner);
      begin?.();
      return true;
    }
    return false;
  }
}
