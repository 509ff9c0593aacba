import { once } from 'node:events';
import { isNativeError } from 'node:util/types';
import { Worker } from 'node:worker_threads';
import type { Segment } from '../../domain/library/transcript.ts';
import { AskError } from '../../domain/shared/errors.ts';
import type { ArrivedTranscript, ReadTranscriptResult } from '../../ports/library/transcript-reader.ts';
import { type Answer, answer, type Order } from './thread-messages.ts';
import { type TimeLimit, whenTimeIsUp } from './time-limit.ts';

/** For each order, such as to read a transcript. */
export interface ThreadLimits extends TimeLimit {
  /** Of the heap of the thread, in MiB. */
  heapMb: number;
}

const file = new URL(`./thread-main${import.meta.filename.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** A thread that reads one transcript at a time. It is started when it is needed, and anew after it was ended. */
export class ReadingThread {
  readonly #limits: ThreadLimits;
  #worker: Worker | null = null;

  constructor(limits: ThreadLimits) {
    this.#limits = limits;
  }

  /** @throws AskError for a transcript that is refused, or that takes more memory or time than it may */
  async read(transcript: ArrivedTranscript): Promise<ReadTranscriptResult> {
    const said = await this.#ask({ read: transcript });
    if (said.type === 'read') return { ...said.summary, batches: this.#batches() };
    if (said.type !== 'refused') throw new Error(`The reading thread said ${said.type}.`);
    const { kind, message, details } = said;
    throw new AskError(kind, message, details && { details });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  async *#batches(): AsyncGenerator<Segment[]> {
    for (let said = await this.#ask('next'); said.type === 'batch'; said = await this.#ask('next')) yield said.segments;
  }

  async #ask(order: Order): Promise<Answer> {
    const worker = this.#running();
    const stop = new AbortController();
    const endWatch = whenTimeIsUp(worker, this.#limits, () => stop.abort());
    try {
      worker.postMessage(order);
      const [said] = await Promise.race([
        once(worker, 'message', { signal: stop.signal }),
        once(worker, 'exit', { signal: stop.signal }).then(() => {
          throw new Error('The reading thread ended.');
        }),
      ]);
      return answer.parse(said);
    } catch (error) {
      // Whatever it still does is of no use to the next transcript.
      this.#worker = null;
      await worker.terminate();
      throw isLimit(error) ? tooMuch(error) : error;
    } finally {
      endWatch();
      stop.abort();
    }
  }

  #running(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(file, {
      // Flags of the process size its own heap, and would go before these limits.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.heapMb, maxYoungGenerationSizeMb: 16 },
    });
    // A thread that waits for work does not keep the process.
    worker.unref();
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null;
    });
    this.#worker = worker;
    return worker;
  }
}

function isLimit(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  return error.name === 'AbortError' || ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY');
}

function tooMuch(cause: unknown): AskError {
  const reason = 'takes more memory or time to read than an import may; split the transcript';
  return new AskError('payload_too_large', `body: ${reason}`, { cause, details: { field: 'body', reason } });
}
