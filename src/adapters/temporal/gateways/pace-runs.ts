import { setTimeout as sleep } from 'node:timers/promises';
import { FairQueue } from '../../../domain/access/fair-queue.ts';
import type { StartedRun } from '../../../ports/library/library-gateway.ts';

/** Starts a run when it is its project's turn. */
export type Pace = (projectId: string, start: () => Promise<StartedRun>) => Promise<StartedRun>;

/** How long a run may hold up the next one of its project. A real index may take longer to serve what was written. */
const LONGEST_MS = 500;

/**
 * Runs of one project start one after another: each when the last one has ended, and as much time again is over. Each takes
 * a tenth of a second of two cores, so that a client who starts ever more of them would make all others wait.
 */
export function paceRuns(): Pace {
  const queue = new FairQueue({ slots: Number.POSITIVE_INFINITY, perOwner: 1 });
  return (projectId, start) =>
    new Promise((resolve, reject) => {
      const startAndWait = async () => {
        const begin = performance.now();
        const run = await start();
        resolve(run);
        await Promise.race([run.ended, sleep(LONGEST_MS)]);
        const tookMs = performance.now() - begin;
        if (tookMs < LONGEST_MS) await sleep(Math.min(tookMs, LONGEST_MS - tookMs));
      };
      queue.run(projectId, startAndWait).catch(reject);
    });
}
