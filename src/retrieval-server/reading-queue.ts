import { setTimeout as delay } from 'node:timers/promises';
import type { ReadText, TextModel } from './search/text-model.ts';
import type { ReadRow, RecordStore } from './store/record-store.ts';

export interface ReadingQueueOptions {
  store: RecordStore;
  /** The model of a namespace; null when it cannot be had. */
  modelOf(namespace: number): TextModel | null;
  /** Called with records that readers see from now on. */
  onRead(namespace: number, rows: readonly ReadRow[]): void;
}

/** What is known of a text that no model has read. */
const NOTHING: ReadText = { digest: new Uint8Array(0), body: null };
/** How many records a model reads at once. It is small, so that the first can be found soon. */
const BATCH = 16;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/** Lets the models read the stored records in their order. After a failure it tries again until it succeeds. */
export class ReadingQueue {
  readonly #options: ReadingQueueOptions;
  readonly #closing = new AbortController();
  #running: Promise<void> | null = null;
  /** Whether there may be something to read that nobody has looked at. */
  #isWanted = false;
  #failure: string | null = null;

  constructor(options: ReadingQueueOptions) {
    this.#options = options;
  }

  /** Why the last reading failed; null when it succeeded. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Says that there is something to read. */
  wake(): void {
    this.#isWanted = true;
    this.#running ??= this.#run();
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
    while (this.#isWanted && !this.#closing.signal.aborted) {
      this.#isWanted = false;
      try {
        if (await this.#readSome()) this.#isWanted = true;
        failures = 0;
        this.#failure = null;
      } catch (error) {
        this.#isWanted = true;
        this.#failure = error instanceof Error ? error.message : String(error);
        const ms = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures++);
        await delay(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
    this.#running = null;
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
    const read = (await modelOf(first.namespace)?.read(texts)) ?? [];
    if (this.#closing.signal.aborted) return false;
    onRead(first.namespace, store.markRead(new Map(own.map(({ row }, i) => [row, read[i] ?? NOTHING]))));
    return true;
  }
}
