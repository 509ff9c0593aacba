import type { Worker } from 'node:worker_threads';

export interface TimeLimit {
  /** Of the processor, in milliseconds: a thread that waits for its turn on a busy machine uses none. */
  cpuMs: number;
  /** How long it may take altogether, whatever else the machine does; far more than `cpuMs`. */
  wallMs: number;
}

const CHECK_EVERY_MS = 250;

/** Calls once the thread has used up what it may from now on. @returns how to end the watch */
export function whenTimeIsUp(worker: Worker, { cpuMs, wallMs }: TimeLimit, isUp: () => void): () => void {
  const wall = setTimeout(isUp, wallMs);
  let before: NodeJS.CpuUsage | null = null;
  let isAsked = false;
  const checks = setInterval(async () => {
    // A thread within one long call answers after it.
    if (isAsked) return;
    isAsked = true;
    const used = await cpuOf(worker);
    isAsked = false;
    if (used === null) return;
    // Most orders are done before the first check, so what they need to begin is not asked for.
    before ??= used;
    if ((used.user - before.user + used.system - before.system) / 1_000 > cpuMs) isUp();
  }, CHECK_EVERY_MS);
  return () => {
    clearTimeout(wall);
    clearInterval(checks);
  };
}

/** Microseconds that the thread has used; null where it has ended, and before Node 24.6, where `wallMs` alone counts. */
async function cpuOf(worker: Worker): Promise<NodeJS.CpuUsage | null> {
  if (typeof worker.cpuUsage !== 'function') return null;
  return worker.cpuUsage().catch(() => null);
}
