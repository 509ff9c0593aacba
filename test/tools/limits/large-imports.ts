/**
 * Six transcripts of 60 MiB, JSON and WebVTT in turn, sent at once by one project, until each can be asked about: how long it takes, and what API and
 * worker take of memory. A server with vectors that mean nothing stands in for the embedding model, which would need hours.
 * `npm run bench:large-imports`; `LARGE_IMPORTS` is how many.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startRole } from '../../support/process.ts';
import { startTestMongo, startTestTemporal } from '../../support/servers.ts';
import { startService } from '../../support/service.ts';
import { apiAt } from '../bench/client.ts';
import { processIds, usage } from '../bench/processes.ts';
import { importTranscript, transcriptOf, webVttOf } from './attacks.ts';
import { holdToContainers } from './containers.ts';

const { LARGE_IMPORTS: count } = z.object({ LARGE_IMPORTS: z.coerce.number().default(6) }).parse(process.env);
const BYTES = 60 * 1024 * 1024;
const MOST_MB: Record<string, number> = { api: 500, worker: 800 };

const [temporal, mongo] = await Promise.all([startTestTemporal(), startTestMongo()]);
process.env.TEST_TEMPORAL_ADDRESS = temporal.address;
process.env.TEST_MONGODB_URI = mongo.address;
const directory = await mkdtemp(join(tmpdir(), 'ask-large-'));
const embeddings = await startRole('test/support/embeddings-server.ts', {});
const index = await startRole('src/local/sandbox-models/main.ts', {
  SANDBOX_DIR: directory,
  EMBEDDINGS_BASE_URL: urlOf(embeddings.ready),
  EMBEDDINGS_MODEL: 'synthetic',
});
const service = await startService({ settings: { LOG_LEVEL: 'warn', RETRIEVAL_URL: urlOf(index.ready) } });
const failures: string[] = [];
const release = holdToContainers(processIds());
const peaks = new Map<string, number>();
const sampling = setInterval(() => {
  for (const [name, { memory }] of usage()) peaks.set(name, Math.max(peaks.get(name) ?? 0, memory));
}, 250);
try {
  process.stdout.write(
    release === null ? 'no memory groups can be made here\n' : 'API and worker in 768 MiB and 1 GiB\n',
  );
  const { secret } = await service.client();
  const api = apiAt(service.url, secret);
  const { id: endUserId } = await api.post('/v1/end_users', {});
  const transcripts = [
    { body: transcriptOf(BYTES), contentType: 'application/json' },
    { body: webVttOf(BYTES), contentType: 'text/vtt' },
  ];
  const processes = processIds();
  const start = performance.now();
  const ids = await Promise.all(
    Array.from({ length: count }, (_, i) => {
      const { body, contentType } = transcripts[i % 2] ?? { body: Buffer.alloc(0) };
      return importTranscript({ url: service.url, secret, endUserId }, body, { contentType });
    }),
  );
  print(`${count} imports of 60 MiB accepted`, start);
  for (const id of ids) {
    await completed(id);
    print(`${id} is completed`, start);
  }
  const { data } = await api.get(`/v1/recordings?end_user_id=${endUserId}&status=completed&limit=100`);
  if (data.length !== count) failures.push(`${data.length} recordings can be asked about, not ${count}`);
  for (const [name, pid] of processes) if (processIds().get(name) !== pid) failures.push(`${name} died`);

  async function completed(id: string): Promise<void> {
    for (;;) {
      const { status, error } = await api.get(`/v1/transcriptions/${id}?limit=1`);
      if (status === 'failed') failures.push(`${id} failed: ${error}`);
      if (status !== 'processing') return;
      await sleep(1_000);
    }
  }
} finally {
  clearInterval(sampling);
  await service.stop();
  release?.();
  await Promise.all([index.stop(), embeddings.stop(), temporal.stop(), mongo.stop()]);
  await rm(directory, { recursive: true, force: true });
}
for (const [name, most] of Object.entries(MOST_MB)) {
  const peak = Math.round(peaks.get(name) ?? 0);
  process.stdout.write(`${name}: ${peak} MB at most, of ${most}\n`);
  if (peak > most) failures.push(`${name}: too much memory`);
}
process.stdout.write(`${failures.length === 0 ? 'all were completed, within the limits' : failures.join('\n')}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;

function urlOf(ready: unknown): string {
  return z.object({ url: z.string() }).parse(ready).url;
}

function print(what: string, since: number): void {
  process.stdout.write(`${((performance.now() - since) / 1_000).toFixed(0)} s: ${what}\n`);
}
