import { FairQueue } from '../../../domain/access/fair-queue.ts';

/** Starts a run when it is its project's turn. @param ended waits until the run has ended, or has taken long enough */
export type Pace = <T>(projectId: string, start: () => Promise<T>, ended: (run: T) => Promise<void>) => Promise<T>;

/**
 * Runs of one project start one after another, each when the last one has ended. Each takes a tenth of a second of two
 * cores, so that a client who starts ever more of them would make all others wait.
 */
export function paceRuns(): Pace {
  const queue = new FairQueue({ slots: Number.POSITIVE_INFINITY, perOwner: 1 });
  return (projectId, start, ended) =>
    new Promise((resolve, reject) => {
      const startAndWait = async () => {
        const run = await start();
        resolve(run);
        await ended(run);
      };
      queue.run(projectId, startAndWait).catch(reject);
    });
}
