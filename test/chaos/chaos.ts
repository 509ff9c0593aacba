import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Account, accountFor } from './account.ts';
import { chaosClient } from './client.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type FaultName, type FaultReport, strike } from './faults.ts';
import { type LoadOptions, startLoad } from './load.ts';
import { aMeeting } from './meeting.ts';

export interface ChaosOptions {
  /** At least this long; every fault is struck at least once. */
  seconds: number;
  faults: readonly FaultName[];
  load: Omit<LoadOptions, 'places'>;
}

export interface ChaosReport extends Account {
  /** Requests that reached a model. */
  modelCalls: number;
  faults: FaultReport[];
}

/** Short, so that sessions close and are opened again, also while something is away. */
const SETTINGS = { SESSION_IDLE_MS: '1500', LOG_LEVEL: 'warn' };
/** Histories are called long after a dozen turns, so that sessions are continued as new, too. */
const DYNAMIC_CONFIG = ['limit.historyCount.suggestContinueAsNew=150'];
/** Long enough for a kill to cut off some. */
const MODEL_MS = 150;
const STEADY_MS = 2_000;

/** Asks steadily, kills one part of the service after another, and accounts for every request. */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const cluster = await startCluster({ settings: SETTINGS, dynamicConfig: DYNAMIC_CONFIG });
  try {
    return await underLoad(cluster, options);
  } finally {
    await cluster.close();
  }
}

async function underLoad(cluster: Cluster, { seconds, faults, load: options }: ChaosOptions): Promise<ChaosReport> {
  const client = chaosClient(cluster.urls, (await cluster.createKey()).secret);
  const places = await aMeeting(client);
  await slowModels(cluster);
  const load = startLoad(client, { ...options, places });
  const reports: FaultReport[] = [];
  const end = Date.now() + seconds * 1_000;
  await sleep(STEADY_MS);
  for (let i = 0; i < faults.length || Date.now() < end; i++) {
    const fault = faults[i % faults.length];
    if (fault !== undefined) reports.push(await strike(cluster, load, fault));
    await sleep(STEADY_MS);
  }
  const account = await accountFor(client, await load.finish());
  return { ...account, modelCalls: await modelCalls(cluster), faults: reports };
}

async function slowModels({ sandboxUrl }: Cluster): Promise<void> {
  const response = await fetch(`${sandboxUrl}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'openai', times: -1, delay_ms: MODEL_MS }),
  });
  if (!response.ok) throw new Error(`the sandbox answers ${response.status}`);
}

async function modelCalls({ sandboxUrl }: Cluster): Promise<number> {
  const response = await fetch(`${sandboxUrl}/sandbox/requests`);
  const { counts } = z.object({ counts: z.record(z.string(), z.number()) }).parse(await response.json());
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}
