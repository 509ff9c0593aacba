/**
 * Attacks of one key, alone and four at once, in the memory of the shipped containers: what another project's requests
 * wait, what API and worker take, and whether each legal import is completed. `npm run bench:limits`
 * `LIMITS_SECONDS` is how long each attack goes on. Arguments take only the attacks whose names begin so.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startRole } from '../../support/process.ts';
import { orderFault } from '../../support/sandbox.ts';
import { startTestMongo, startTestTemporal } from '../../support/servers.ts';
import { startService } from '../../support/service.ts';
import { apiAt } from '../bench/client.ts';
import { processIds, usage } from '../bench/processes.ts';
import { quantile } from '../bench/statistics.ts';
import { startAttacks } from './attack-thread.ts';
import { ATTACKS, type Attacker, SLOW_PROVIDER } from './attacks.ts';
import { holdToContainers } from './containers.ts';

const { LIMITS_SECONDS: seconds } = z.object({ LIMITS_SECONDS: z.coerce.number().default(20) }).parse(process.env);
const only = process.argv.slice(2);
/** Milliseconds, times the quiet ones, and megabytes. */
const [P99_MS, LONGEST_MS, FACTOR, API_MB, WORKER_MB] = [250, 1_000, 4, 500, 800];
const LEGAL_BYTES = 60 * 1024 * 1024;

const [temporal, mongo] = await Promise.all([startTestTemporal(), startTestMongo()]);
process.env.TEST_TEMPORAL_ADDRESS = temporal.address;
process.env.TEST_MONGODB_URI = mongo.address;
const directory = await mkdtemp(join(tmpdir(), 'ask-limits-'));
// The index stands for a machine of its own, so that what it does must not slow down what is measured. With the real model
// the legal imports would take hours.
const index = await startRole('test/support/retrieval-server-process.ts', {}, [directory, 'synthetic']);
setPriority(index.pid, constants.priority.PRIORITY_LOW);
const { url: RETRIEVAL_URL } = z.object({ url: z.string() }).parse(index.ready);
const service = await startService({ settings: { LOG_LEVEL: 'warn', DEFAULT_PROVIDER: 'openai', RETRIEVAL_URL } });
const failures: string[] = [];
const release = holdToContainers(processIds());
try {
  print(release === null ? 'no memory groups can be made here' : 'API and worker in 768 MiB and 1 GiB');
  await orderFault(service.sandboxUrl, { provider: SLOW_PROVIDER, times: -1, delay_ms: 10 * 60_000 });
  const victim = apiAt(service.url, (await service.client()).secret);
  const recording = await victim.meeting();
  const session = await victim.session(recording);
  const { secret } = await service.client();
  const { id: endUserId } = await apiAt(service.url, secret).post('/v1/end_users', {});
  const attacker: Attacker = { url: service.url, secret, endUserId };
  const attacking = apiAt(service.url, secret);
  const processes = processIds();
  const legal: string[] = [];
  await measure(seconds * 1_000);
  const quiet = await measure(seconds * 1_000);
  print(`quiet: p99 ${ms(quiet.p99)}, longest ${ms(quiet.longest)}`);

  const names = Object.keys(ATTACKS);
  for (const name of names) await during(name, [name], 0);
  await during('two legal imports of 60 MiB', [], 2);
  const [first, second, , fourth] = names;
  await during(
    'four at once, with a legal import',
    [first, second, fourth].filter((each) => each !== undefined),
    1,
  );
  for (const id of legal) await completed(id);
  for (const [name, pid] of processes) if (processIds().get(name) !== pid) failures.push(`${name} died`);

  /** Goes through attacks, and says what the others feel of them. */
  async function during(name: string, attacks: readonly string[], imports: number): Promise<void> {
    if (only.length > 0 && !only.some((begin) => name.startsWith(begin))) return;
    await calm();
    const end = await startAttacks({ attacker, attacks, imports, bytes: LEGAL_BYTES });
    const peaks = [0, 0];
    const sampling = setInterval(() => {
      for (const [i, used] of memoryNow().entries()) peaks[i] = Math.max(peaks[i] ?? 0, used);
    }, 500);
    const felt = await measure(seconds * 1_000);
    clearInterval(sampling);
    legal.push(...(await end()));
    const [p99, longest] = [Math.max(P99_MS, FACTOR * quiet.p99), Math.max(LONGEST_MS, FACTOR * quiet.longest)];
    const [api, worker] = peaks;
    print(`${name}: p99 ${ms(felt.p99)}, longest ${ms(felt.longest)}; API ${mb(api)}, worker ${mb(worker)}`);
    if (felt.p99 > p99) failures.push(`${name}: p99 of ${ms(felt.p99)} is above ${ms(p99)}`);
    if (felt.longest > longest) failures.push(`${name}: the longest of ${ms(felt.longest)} is above ${ms(longest)}`);
    if ((api ?? 0) > API_MB || (worker ?? 0) > WORKER_MB) failures.push(`${name}: too much memory`);
  }

  /** Waits, at most a minute, until what the attack before left to do is not felt any more. */
  async function calm(): Promise<void> {
    for (let inARow = 0, second = 0; inARow < 3 && second < 60; second++) {
      inARow = (await measure(1_000)).longest <= 1.5 * quiet.longest ? inARow + 1 : 0;
    }
  }

  /** Requests of another project, one after another. */
  async function measure(forMs: number): Promise<{ p99: number; longest: number }> {
    const times: number[] = [];
    for (const end = Date.now() + forMs; Date.now() < end; await sleep(5)) {
      const start = performance.now();
      await (times.length % 10 === 0
        ? victim.ask(session, 'When is the launch?')
        : victim.get('/v1/recordings?limit=1'));
      times.push(performance.now() - start);
    }
    return { p99: quantile(times, 0.99), longest: Math.max(...times) };
  }

  async function completed(id: string): Promise<void> {
    for (;;) {
      const { status } = await attacking.get(`/v1/transcriptions/${id}?limit=1`);
      if (status === 'completed') return;
      if (status === 'failed') return void failures.push(`the legal import ${id} failed`);
      await sleep(1_000);
    }
  }
} finally {
  await service.stop();
  release?.();
  await Promise.all([index.stop(), temporal.stop(), mongo.stop()]);
  await rm(directory, { recursive: true, force: true });
}
print(failures.length === 0 ? 'all within the limits' : failures.join('\n'));
process.exitCode = failures.length === 0 ? 0 : 1;

function memoryNow(): number[] {
  const used = usage();
  return ['api', 'worker'].map((name) => used.get(name)?.memory ?? 0);
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`;
}

function mb(memory: number | undefined): string {
  return `${(memory ?? 0).toFixed(0)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
