import type { IncomingMessage } from 'node:http';
import { invalidField } from '../../../domain/shared/errors.ts';

/** How slowly a body may come. */
export interface BodyPace {
  /** On average from the first byte on. */
  bytesPerSecond: number;
  /** Before this nobody is called slow, in milliseconds. */
  graceMs: number;
}

const PACE: BodyPace = { bytesPerSecond: 16 * 1024, graceMs: 10_000 };
const CHECK_MS = 500;

/** The chunks of a body. @throws AskError `invalid_request` for one that comes too slowly */
export async function* chunksOf(request: IncomingMessage, pace = PACE): AsyncGenerator<Buffer> {
  const begin = performance.now();
  const slow = Promise.withResolvers<never>();
  slow.promise.catch(() => undefined);
  let size = 0;
  const timer = setInterval(
    () => {
      const ms = performance.now() - begin;
      if (ms > pace.graceMs && size < (pace.bytesPerSecond * ms) / 1_000) slow.reject(tooSlow(pace));
    },
    Math.min(CHECK_MS, pace.graceMs),
  );
  // The connection must outlive an early end of the loop, because the answer still goes over it.
  const chunks: AsyncIterator<Buffer> = request.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const { value, done } = await Promise.race([chunks.next(), slow.promise]);
      if (done) return;
      size += value.length;
      yield value;
    }
  } finally {
    clearInterval(timer);
    // Lets the rest of the body be dropped. It is not waited for, because the next chunk may never come.
    void chunks.return?.();
  }
}

function tooSlow({ bytesPerSecond }: BodyPace) {
  return invalidField('body', `comes too slowly; send at least ${bytesPerSecond} bytes a second`);
}
