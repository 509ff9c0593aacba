import { setTimeout as delay } from 'node:timers/promises';
import type { TextModel } from './search/text-model.ts';
import type { ReadRow, RecordStore } from './store/record-store.ts';

export interface ReadingQueueOptions {
  store: RecordStore;
  /** The model of a namespace; null when it cannot be had. */
  modelOf(namespace: number): TextModel | null;
  /** Called with records that readers see from now on. */
  onRead(namespace: number, rows: readonly ReadRow[]): void;
}

/** How many records a model reads at once. It is small, so that the first can be found soon. */
const BATCH = 16;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/** Lets the models read the stored records in their order. After a failure it tries again until it succeeds. */
export class ReadingQueue {
  readonly #options: ReadingQueueOptions;
  readonly #closing = new AbortController();
  #running: Promise<void> | null = null;
  #failure: string | null = null;

  constructor(options: ReadingQueueOptions) {
    this.#options = options;
  }

  /** Why the last reading failed; null when it succeeded. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Begins to read if it does not read already. */
  wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** Resolves when nothing is left to read, or after this many milliseconds. */
  async settled(withinMs: number): Promise<void> {
    const stop = new AbortController();
    const timeout = delay(withinMs, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([this.#running ?? undefined, timeout]);
    stop.abort();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#closing.signal.aborted) {
      try {
        if (!(await this.#readSome())) return;
        failures = 0;
        this.#failure = null;
      } catch (error) {
        this.#failure = error instanceof Error ? error.message : String(error);
        const ms = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures++);
        await delay(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
  }

  /** @returns whether there was something to read. */
  async #readSome(): Promise<boolean> {
    const { store, modelOf, onRead } = this.#options;
    const unread = store.unread(BATCH);
    const [first] = unread;
    if (first === undefined) return false;
    const own = unread.filter(({ namespace }) => namespace === first.namespace);
    const texts = own.map(({ text }) => text);
    // Without its model a record is found by its words alone, until its namespace is built anew with another model.
    const bodies = (await modelOf(first.namespace)?.read(texts)) ?? texts.map(() => new Uint8Array(0));
    if (this.#closing.signal.aborted) return false;
    const read = store.markRead(new Map(own.map(({ row }, i) => [row, bodies[i] ?? new Uint8Array(0)])));
    onRead(first.namespace, read);
    return true;
  }
}
