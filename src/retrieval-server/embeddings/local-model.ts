import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { forbidTelemetry } from '../../runtime/forbid-telemetry.ts';
import { type Embedder, type TextKind, toUnitLength } from './embedder.ts';
import type { ModelFiles } from './model-files.ts';
import { answerSchema, type ThreadData } from './model-messages.ts';

const file = new URL(`./model-thread${import.meta.filename.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** How many texts the thread embeds in one go. A question waits for at most these. */
const TEXTS_AN_ORDER = 4;
/** The model is unloaded after this time without use. */
const IDLE_MS = 5 * 60_000;
/** Half of the processors, at most four. The rest of the service needs the others, and more threads bring nothing. */
const THREADS = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));

interface Order {
  texts: readonly string[];
  resolve(vectors: Float32Array[]): void;
  reject(error: unknown): void;
}

/** A model in a thread of this process. The thread starts with the first text and ends when it is idle. */
export class LocalModel implements Embedder {
  readonly model: string;
  readonly source: ModelFiles['source'];
  readonly minScore: number;
  readonly #data: ThreadData;
  readonly #idleMs: number;
  readonly #waiting: Record<TextKind, Order[]> = { question: [], passage: [] };
  #worker: Worker | null = null;
  #isBusy = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(files: ModelFiles, idleMs = IDLE_MS) {
    this.model = files.model;
    this.source = files.source;
    this.minScore = files.minScore;
    this.#data = { model: files.onnx, tokenizer: files.tokenizer, threads: THREADS };
    this.#idleMs = idleMs;
  }

  /** Whether it is in memory now. */
  get isLoaded(): boolean {
    return this.#worker !== null;
  }

  async embed(texts: readonly string[], kind: TextKind): Promise<Float32Array[]> {
    const parts = Array.from({ length: Math.ceil(texts.length / TEXTS_AN_ORDER) }, (_, i) =>
      texts.slice(i * TEXTS_AN_ORDER, (i + 1) * TEXTS_AN_ORDER),
    );
    const vectors = await Promise.all(parts.map((part) => this.#order(part, kind)));
    return vectors.flat().map(toUnitLength);
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #order(texts: readonly string[], kind: TextKind): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      this.#waiting[kind].push({ texts, resolve, reject });
      if (!this.#isBusy) this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    clearTimeout(this.#idle);
    for (let order = this.#next(); order !== undefined; order = this.#next()) {
      await this.#ask(order.texts).then(order.resolve, order.reject);
    }
    this.#isBusy = false;
    this.#idle = setTimeout(() => this.close(), this.#idleMs).unref();
  }

  #next(): Order | undefined {
    return this.#waiting.question.shift() ?? this.#waiting.passage.shift();
  }

  #start(): Worker {
    forbidTelemetry();
    return new Worker(file, { workerData: this.#data });
  }

  async #ask(texts: readonly string[]): Promise<Float32Array[]> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const done = new AbortController();
    try {
      worker.postMessage({ texts });
      const [said] = await Promise.race([
        once(worker, 'message', { signal: done.signal }),
        once(worker, 'exit', { signal: done.signal }).then(() => {
          throw new Error('The thread of the embedding model ended.');
        }),
      ]);
      const answer = answerSchema.parse(said);
      if ('failure' in answer) throw new Error(`The embedding model failed: ${answer.failure}`);
      return answer.vectors;
    } catch (error) {
      this.#worker = null;
      await worker.terminate();
      throw error;
    } finally {
      done.abort();
    }
  }
}
