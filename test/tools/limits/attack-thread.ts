import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { ATTACKS, type Attacker, importTranscript, transcriptOf } from './attacks.ts';

/** What goes on at once, in a thread of its own: to send large bodies must not hold up who measures. */
interface Work {
  attacker: Attacker;
  /** Names of attacks. */
  attacks: readonly string[];
  /** Legal imports, each of so many bytes. */
  imports: number;
  bytes: number;
}

/** Begins the work. @returns how to end the attacks: the transcriptions of the legal imports, once all are accepted */
export async function startAttacks(work: Work): Promise<() => Promise<string[]>> {
  const thread = new Worker(new URL(import.meta.url), { workerData: work });
  await once(thread, 'message');
  const accepted: Promise<string[][]> = once(thread, 'message');
  accepted.catch(() => undefined);
  return async () => {
    thread.postMessage('stop');
    const [ids = []] = await accepted;
    return ids;
  };
}

if (parentPort !== null) await work(workerData);

async function work({ attacker, attacks, imports, bytes }: Work): Promise<void> {
  // Attackers bring their own processors. On Linux this is the priority of the thread alone.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
  const stop = new AbortController();
  const transcript = imports > 0 ? transcriptOf(bytes) : Buffer.alloc(0);
  parentPort?.once('message', () => stop.abort());
  parentPort?.postMessage('ready');
  const accepted = Promise.all(Array.from({ length: imports }, () => importTranscript(attacker, transcript)));
  await Promise.all(attacks.map((name) => ATTACKS[name]?.(attacker, stop.signal).catch(() => undefined)));
  parentPort?.postMessage(await accepted);
}
