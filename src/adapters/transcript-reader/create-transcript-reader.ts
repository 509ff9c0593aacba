import { FairQueue, QueueFull } from '../../domain/access/fair-queue.ts';
import { AskError } from '../../domain/shared/errors.ts';
import type { TranscriptReader } from '../../ports/library/transcript-reader.ts';
import { ReadingThread, type ThreadLimits } from './reading-thread.ts';

/** Above this a body is large, and waits with its like: a small one takes milliseconds, a large one seconds. */
const LARGE_BYTES = 1024 * 1024;
/** Measured with the largest legal bodies; see docs/performance.md. */
const WALL_MS = 10 * 60_000;
const SMALL: ThreadLimits & { waiting: number } = { heapMb: 128, cpuMs: 10_000, wallMs: WALL_MS, waiting: 50 };
const LARGE: ThreadLimits & { waiting: number } = { heapMb: 320, cpuMs: 30_000, wallMs: WALL_MS, waiting: 3 };

/** Reads transcripts in threads of their own, one for small and one for large ones, each one transcript at a time. */
export function createTranscriptReader({ small = SMALL, large = LARGE } = {}): TranscriptReader & {
  close(): Promise<void>;
} {
  const lanes = [small, large].map((limits) => ({
    thread: new ReadingThread(limits),
    queue: new FairQueue({ maxWaiting: limits.waiting }),
  }));
  return {
    async read(projectId, transcript, store) {
      const { source } = transcript;
      const size = 'fd' in source ? source.size : source.bytes.byteLength;
      const isLarge = size > LARGE_BYTES;
      const lane = lanes[isLarge ? 1 : 0];
      if (lane === undefined) throw new Error('There is no lane for transcripts.');
      // The next one begins when this one is stored, because until then its segments are in the memory of the thread.
      try {
        return await lane.queue.run(projectId, async () => {
          try {
            return await store(await lane.thread.read(transcript));
          } finally {
            // What a large one leaves behind is freed at once. The next one would otherwise begin beside it.
            if (isLarge) await lane.thread.close();
          }
        });
      } catch (error) {
        throw error instanceof QueueFull ? tooManyImports() : error;
      }
    },
    close: async () => {
      await Promise.all(lanes.map(({ thread }) => thread.close()));
    },
  };
}

function tooManyImports(): AskError {
  return new AskError('queue_full', 'Too many imports of this project run at once. Wait as long as Retry-After says.', {
    retryAfterMs: 2_000,
  });
}
