import type { TranscriptReader } from '../../ports/library/transcript-reader.ts';
import { FairQueue } from './fair-queue.ts';
import { ReadingThread, type ThreadLimits } from './reading-thread.ts';

/** Above this a body is large, and waits with its like: a small one takes milliseconds, a large one seconds. */
const LARGE_BYTES = 1024 * 1024;
/** Measured with the largest legal bodies; see docs/performance.md. */
const SMALL: ThreadLimits & { waiting: number } = { heapMb: 128, readMs: 10_000, waiting: 50 };
const LARGE: ThreadLimits & { waiting: number } = { heapMb: 320, readMs: 30_000, waiting: 3 };

/** Reads transcripts in threads of their own, one for small and one for large ones, each one transcript at a time. */
export function createTranscriptReader({ small = SMALL, large = LARGE } = {}): TranscriptReader & {
  close(): Promise<void>;
} {
  const lanes = [small, large].map((limits) => ({
    thread: new ReadingThread(limits),
    queue: new FairQueue(limits.waiting),
  }));
  return {
    async read(projectId, transcript, store) {
      const { source } = transcript;
      const size = 'fd' in source ? source.size : source.bytes.byteLength;
      const lane = lanes[size > LARGE_BYTES ? 1 : 0];
      if (lane === undefined) throw new Error('There is no lane for transcripts.');
      // The next one begins when this one is stored, because until then its segments are in the memory of the thread.
      return lane.queue.run(projectId, async () => store(await lane.thread.read(transcript)));
    },
    close: async () => {
      await Promise.all(lanes.map(({ thread }) => thread.close()));
    },
  };
}
