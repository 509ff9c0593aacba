import { rm } from 'node:fs/promises';
import { isFree } from '../state/ports.ts';
import { readStack, type StateDirectory } from '../state/state-directory.ts';
import { poll } from './poll.ts';

const TIMEOUT_MS = 15_000;

/**
 * Waits until the servers of a killed stack have ended. Their guards stop them, and two servers on one database would
 * damage it. Call it with the lock held.
 * @throws when one of them does not end
 */
export async function awaitRemainingProcesses(state: StateDirectory): Promise<void> {
  const left = await readStack(state);
  for (const address of [left?.temporal, left?.mongodb]) {
    const port = Number(/:(\d+)(?:\/|$)/.exec(address ?? '')?.[1]);
    if (Number.isNaN(port)) continue;
    await poll(async () => {
      if (!(await isFree(port))) throw new Error(`A server of an earlier run still holds port ${port}; stop it first.`);
    }, AbortSignal.timeout(TIMEOUT_MS));
  }
  await rm(state.stack, { force: true });
}
