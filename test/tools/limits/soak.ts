/**
 * Steady use of the service by several projects at once, of every kind, at about a third of one core: every answer is
 * checked, no process may grow, and nothing may be left over. `npm run bench:soak`; `SOAK_MINUTES` is how long.
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { auditOf } from '../../../src/clients/cli/stack/audit-command.ts';
import { freePort } from '../../../src/local/stack/state/ports.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { startRole } from '../../support/process.ts';
import { orderFault } from '../../support/sandbox.ts';
import { startTestMongo, startTestTemporal } from '../../support/servers.ts';
import { startService } from '../../support/service.ts';
import { processIds } from '../bench/processes.ts';
import { holdToContainers } from './containers.ts';
import { checkedClient, type Tally } from './soak/checked-client.ts';
import { live } from './soak/end-user-life.ts';
import { JUDGED, MemorySamples } from './soak/memory-samples.ts';
import { SILENT_PROVIDER } from './soak/ways-to-ask.ts';

const { SOAK_MINUTES: minutes } = z.object({ SOAK_MINUTES: z.coerce.number().default(45) }).parse(process.env);
const PROJECTS = 3;
const [PAUSE_MS, IDLE_MS, SAMPLE_MS] = [800, 10_000, 10_000];
/** A model's first word comes after this, and each piece after that. */
const [MODEL_MS, PIECE_MS] = [300, 30];
/** A session is continued as new after a dozen turns, as it is in chaos. */
const DYNAMIC_CONFIG = ['limit.historyCount.suggestContinueAsNew=150'];

const [temporal, mongo] = await Promise.all([
  startTestTemporal({ dynamicConfig: DYNAMIC_CONFIG, synchronous: 'FULL' }),
  startTestMongo({ synchronous: 'FULL' }),
]);
process.env.TEST_TEMPORAL_ADDRESS = temporal.address;
process.env.TEST_MONGODB_URI = mongo.address;
const directory = await mkdtemp(join(tmpdir(), 'ask-soak-'));
const [RETRIEVAL_PORT, METRICS_PORT] = [String(await freePort()), String(await freePort())];
const RETRIEVAL_URL = `http://127.0.0.1:${RETRIEVAL_PORT}`;
const index = await startRole('src/roles/retrieval-server.ts', { ASK_STATE_DIR: directory, RETRIEVAL_PORT });
const service = await startService({
  settings: {
    LOG_LEVEL: 'warn',
    DEFAULT_PROVIDER: 'openai',
    RETRIEVAL_URL,
    METRICS_PORT,
    SESSION_IDLE_MS: String(IDLE_MS),
    // A library of an hour's meeting is then searched, and a smaller one is shown whole.
    CONTEXT_TOKENS: '8000',
  },
});
const release = holdToContainers(processIds());
const tally: Tally = { requests: 0, repeats: 0, turns: 0, errors: [] };
const memory = new MemorySamples();
try {
  print(release === null ? 'no memory groups can be made here' : 'API and worker in 768 MiB and 1 GiB');
  print(`/metrics of API, worker, index: ${service.url}, http://127.0.0.1:${METRICS_PORT}, ${RETRIEVAL_URL}`);
  await orderFault(service.sandboxUrl, { provider: SILENT_PROVIDER, times: -1, delay_ms: 24 * 3_600_000 });
  await orderFault(service.sandboxUrl, {
    provider: 'openai',
    times: -1,
    delay_ms: MODEL_MS,
    chunk_delay_ms: PIECE_MS,
  });
  const processes = processIds();
  const end = Date.now() + minutes * 60_000;
  const projects = Array.from({ length: PROJECTS }, (_, project) => use(project, end));
  await watch(end);
  await Promise.all(projects);
  for (const [name, pid] of processes) if (processIds().get(name) !== pid) fail(`${name} died`);
  const lines = `${service.logs()}${index.output()}`.split('\n');
  for (const line of lines) if (/"level":(50|60)/.test(line)) fail(line);
  for (const finding of await leftOver()) fail(`the audit found ${JSON.stringify(finding)}`);
  judge();
} finally {
  await service.stop();
  release?.();
  await Promise.all([index.stop(), temporal.stop(), mongo.stop()]);
  await rm(directory, { recursive: true, force: true });
}
print([done(), ...tally.errors].join('\n'));
process.exitCode = tally.errors.length === 0 ? 0 : 1;

/** One end user after another of one project. */
async function use(project: number, end: number): Promise<void> {
  const client = checkedClient(service.url, await service.client(), tally);
  for (let number = project; Date.now() < end; number++)
    await live({ client, number, pauseMs: PAUSE_MS, awayMs: IDLE_MS + 2_000 }).catch((error) =>
      fail(`project ${project}, end user ${number}: ${error instanceof Error ? error.stack : error}`),
    );
}

/** Takes samples until the end, and prints a line a minute. */
async function watch(end: number): Promise<void> {
  let [cpu, since] = [cpuNow(memory.take()), Date.now()];
  for (let sample = 1; Date.now() < end; sample++) {
    await sleep(SAMPLE_MS);
    const now = cpuNow(memory.take());
    if (sample % 6 !== 0) continue;
    const cores = ((now - cpu) / (Date.now() - since)).toFixed(2);
    [cpu, since] = [now, Date.now()];
    print(`${sample / 6} min: ${done()}; ${cores} cores; MB: ${memory.latest()}; ${await stored()}`);
  }
}

/** Beside what the service's processes took, what this one did. */
function cpuNow(others: number): number {
  const { user, system } = process.cpuUsage();
  return others + (user + system) / 1_000;
}

async function stored(): Promise<string> {
  const [runs, documents, vectors] = await Promise.all([temporal.directory, mongo.directory, directory].map(bytesIn));
  const mb = (bytes = 0) => (bytes / 1e6).toFixed(0);
  return `stored MB: Temporal ${mb(runs)}, database ${mb(documents)}, index ${mb(vectors)}`;
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  // A file of a journal may go while we look.
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What the audit finds once erasures and idle sessions have ended. */
async function leftOver() {
  const audit = async () => (await auditOf(loadConfig(service.settings), false)).findings;
  let findings = await audit();
  for (let looks = 0; findings.length > 0 && looks < 60; looks++) {
    await sleep(1_000);
    findings = await audit();
  }
  return findings;
}

function judge(): void {
  const growth = memory.growth();
  if (growth === null) print('too short to judge memory');
  for (const [name, { before, after, isFlat }] of growth ?? []) {
    const line = `${name}: ${before.toFixed(0)} → ${after.toFixed(0)} MB (${((after / before - 1) * 100).toFixed(1)} %)`;
    print(line);
    if (!isFlat && JUDGED.includes(name)) fail(`memory of ${line}`);
  }
}

function done(): string {
  const { turns, requests, repeats, errors } = tally;
  return `${turns} turns, ${requests} requests, ${repeats} repeated, ${errors.length} errors`;
}

function fail(error: string): void {
  tally.errors.push(error);
  print(`error: ${error}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
