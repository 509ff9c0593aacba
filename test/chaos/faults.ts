import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import type { Load } from './load.ts';

/** What is killed, by the name of the fault. */
export const FAULTS = {
  worker: ['worker'],
  api: ['api'],
  temporal: ['temporal'],
  mongodb: ['mongodb'],
  all: ['worker', 'api', 'temporal', 'mongodb'],
} as const;

export type FaultName = keyof typeof FAULTS;

export interface FaultReport {
  fault: FaultName;
  /** From the kill until every process was ready again. */
  downMs: number;
  /** From the kill until the first answer to a request that was sent after it. */
  firstAnswerMs: number;
}

/** How long what was killed stays away. */
const AWAY_MS = 1_000;
const LOOK_MS = 50;

/** Kills every process of the fault at once, starts them again, and waits until questions are answered again. */
export async function strike(cluster: Cluster, load: Load, fault: FaultName): Promise<FaultReport> {
  const names = FAULTS[fault].flatMap((role) => cluster.names(role));
  const struck = Date.now();
  await cluster.kill(...names);
  await sleep(AWAY_MS);
  await cluster.start(...names);
  const downMs = Date.now() - struck;
  while (load.answersSince(struck).length === 0) await sleep(LOOK_MS);
  return { fault, downMs, firstAnswerMs: Math.min(...load.answersSince(struck)) - struck };
}
