/**
 * What a turn costs in the production shape, for `docs/scale.md`: two APIs and two workers on Temporal on PostgreSQL, or
 * with `--embedded` on the development server. `npm run bench:topology -- --turns 100 --rounds 5 --shards 4`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startCluster } from '../../chaos/cluster.ts';
import { type Api, apiAt } from '../bench/client.ts';
import { median, quantile, throughput } from '../bench/statistics.ts';
import { cpuMilliseconds } from './cpu.ts';
import { locatePostgreSql } from './locate-postgresql.ts';
import { ROLES, SHARDS, startTopology } from './topology.ts';

const IDLE_SECONDS = 10;

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    shards: { type: 'string', default: `${SHARDS}` },
    embedded: { type: 'boolean', default: false },
  },
});
const settings = { LOG_LEVEL: 'warn' };
const directory = await mkdtemp(join(tmpdir(), 'ask-measure-'));
const topology = values.embedded ? null : await start();
const cluster = topology ?? (await startCluster({ ...ROLES, settings }));
try {
  const { secret } = await cluster.createKey();
  const apis = cluster.urls.map((url) => apiAt(url, secret));
  const [api] = apis as [Api];
  const recording = await api.meeting();
  await idle();
  for (const concurrency of [1, 16]) {
    for (let round = 0; round < Number(values.rounds); round++) await turns(apis, recording, concurrency);
  }
} finally {
  await cluster.close();
  await rm(directory, { recursive: true });
}

async function idle(): Promise<void> {
  const before = await cpu();
  await sleep(IDLE_SECONDS * 1_000);
  print(`idle: CPU a second ${await since(before, IDLE_SECONDS)}`);
}

/** Turns on open sessions, one lane a session, by both APIs in turn. */
async function turns(apis: readonly Api[], recording: string, concurrency: number): Promise<void> {
  const lanes = Array.from({ length: concurrency }, (_, lane) => apis[lane % apis.length] as Api);
  const sessions = await Promise.all(lanes.map((api) => api.session(recording)));
  const ask = (i: number, lane: number) => lanes[lane]?.ask(sessions[lane] ?? '', `What is the selling price? (${i})`);
  // The first turn of a session starts its run.
  await Promise.all(lanes.map((_, lane) => ask(0, lane)));
  const written = await postgresCounters();
  const before = await cpu();
  const count = Number(values.turns);
  const { perSecond, times } = await throughput(count, concurrency, async (i, lane) => ask(i + 1, lane));
  const [p50, p95] = [median(times), quantile(times, 0.95)].map((time) => time.toFixed(0));
  print(`${concurrency} at once: p50 ${p50} ms, p95 ${p95} ms, ${perSecond.toFixed(1)} turns a second`);
  print(`  CPU a turn: ${await since(before, count)}`);
  const [transactions, bytes] = (await postgresCounters()).map((now, i) => (now - (written[i] ?? 0)) / count);
  if (topology !== null)
    print(`  PostgreSQL a turn: ${transactions?.toFixed(0)} transactions, ${bytes?.toFixed(0)} bytes of log`);
}

/** Transactions and bytes of write-ahead log so far; nothing for the development server. */
async function postgresCounters(): Promise<number[]> {
  if (topology === null) return [];
  // The server counts a second late.
  await sleep(1_500);
  const counters = `SELECT sum(xact_commit), pg_current_wal_lsn() - '0/0' FROM pg_stat_database`;
  const said = await topology.postgres.run('psql', '-At', '-F', ' ', '-c', counters, 'postgres');
  return said.split(' ').map(Number);
}

/** CPU milliseconds so far, by role. */
async function cpu(): Promise<Map<string, number>> {
  const used = new Map<string, number>();
  for (const name of cluster.names()) {
    const role = name.replace(/-\d+$/, '');
    used.set(role, (used.get(role) ?? 0) + (await cpuMilliseconds(cluster.pid(name))));
  }
  return used;
}

async function since(before: ReadonlyMap<string, number>, parts: number): Promise<string> {
  const each = [...(await cpu())].map(
    ([role, ms]) => `${role} ${((ms - (before.get(role) ?? 0)) / parts).toFixed(1)} ms`,
  );
  return each.join(', ');
}

async function start() {
  const bin = await locatePostgreSql(directory);
  if (bin === null) process.exit(1);
  return startTopology(bin, { shards: Number(values.shards), settings });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
