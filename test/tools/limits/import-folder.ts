/**
 * A folder of meetings of an hour through `ask import`, killed on the way, interrupted, and run to its end: each file must
 * be there once and whole. `npm run bench:import`; `IMPORT_FILES` is how many.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { startTestMongo, startTestTemporal } from '../../support/servers.ts';
import { startService } from '../../support/service.ts';
import { apiAt } from '../bench/client.ts';
import { usage } from '../bench/processes.ts';

const { IMPORT_FILES: files } = z.object({ IMPORT_FILES: z.coerce.number().default(200) }).parse(process.env);
const CUES = 900;
const CUE_SECONDS = 4;
const WORDS = 'we said that the launch moves to May because the review of the second part is late and few mind'.split(
  ' ',
);

const folder = await mkdtemp(join(tmpdir(), 'ask-import-'));
for (let file = 0; file < files; file++) await writeFile(join(folder, `meeting ${file}.vtt`), meeting(file));
const bad = join(folder, 'bad.vtt');
await writeFile(bad, 'WEBVTT\n\n00:05.000 --> 00:02.000\nBackwards.\n');
const [temporal, mongo] = await Promise.all([startTestTemporal(), startTestMongo()]);
process.env.TEST_TEMPORAL_ADDRESS = temporal.address;
process.env.TEST_MONGODB_URI = mongo.address;
const service = await startService({ settings: { LOG_LEVEL: 'warn' } });
const failures: string[] = [];
try {
  const { secret } = await service.client();
  const api = apiAt(service.url, secret);
  const { id: endUser } = await api.post('/v1/end_users', {});
  const peaks = new Map<string, number>();
  const sampling = setInterval(() => {
    for (const [name, { memory }] of usage()) peaks.set(name, Math.max(peaks.get(name) ?? 0, memory));
  }, 500);

  expect('the run that was killed', await importFolder({ signal: 'SIGKILL', after: files * 0.2 }), 'SIGKILL');
  expect('the run that was interrupted', await importFolder({ signal: 'SIGINT', after: files * 0.5 }), 'SIGINT');
  expect('the run to the end', await importFolder(), 'exit code 1');
  await rm(bad);
  expect('a run with nothing left to do', await importFolder(), 'exit code 0');
  clearInterval(sampling);
  const memory = ['api', 'worker'].map((name) => `${name} ${(peaks.get(name) ?? 0).toFixed(0)} MB`);
  print(`most memory: ${memory.join(', ')}`);

  const recordings = await listed();
  expect('recordings', recordings.length, files);
  expect('files', new Set(recordings.map(({ name }) => name)).size, files);
  expect('completed', recordings.filter(({ status }) => status === 'completed').length, files);
  let segments = 0;
  for (const { transcription_id: id } of recordings)
    segments += (await api.get(`/v1/transcriptions/${id}?limit=1`)).segment_count;
  expect('segments', segments, files * CUES);

  /** @param cut the signal that ends it on the way, once it has told of so many files. @returns how it ended */
  async function importFolder(cut?: { signal: NodeJS.Signals; after: number }): Promise<string> {
    const start = performance.now();
    const env = { ...process.env, ...service.settings, ASK_API_URL: service.url, ASK_API_KEY: secret };
    const child = spawn(process.execPath, ['src/clients/cli/ask.ts', 'import', folder, '--end-user', endUser], { env });
    let told = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString().split('\n').length - 1;
      if (cut !== undefined && told >= cut.after) child.kill(cut.signal);
    });
    const [said] = await Promise.all([text(child.stderr), once(child, 'close')]);
    const end = child.signalCode ?? `exit code ${child.exitCode}`;
    const seconds = ((performance.now() - start) / 1_000).toFixed(0);
    print(`${end} after ${seconds} s: ${told} files; ${said.trim().split('\n').at(-1)}`);
    return end;
  }

  async function listed(): Promise<{ name: string; status: string; transcription_id: string }[]> {
    const all = [];
    let cursor = '';
    for (;;) {
      const page = await api.get(`/v1/recordings?end_user_id=${endUser}&limit=100${cursor}`);
      all.push(...page.data);
      if (!page.has_more) return all;
      cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
    }
  }
} finally {
  await service.stop();
  await Promise.all([temporal.stop(), mongo.stop(), rm(folder, { recursive: true, force: true })]);
}
print(failures.length === 0 ? 'each file is there once and whole' : failures.join('\n'));
process.exitCode = failures.length === 0 ? 0 : 1;

/** An hour of two people. */
function meeting(file: number): string {
  const clock = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(11, 23);
  const cues = Array.from({ length: CUES }, (_, i) => {
    const said = WORDS.map((_, at) => WORDS[(at * 7 + i + file) % WORDS.length]).slice(0, 10);
    const times = `${clock(i * CUE_SECONDS)} --> ${clock((i + 1) * CUE_SECONDS)}`;
    return `${times}\n${i % 2 === 0 ? 'Ana López' : 'Ben Ode'}: ${said.join(' ')} ${file} ${i}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}

function expect(what: string, found: unknown, right: unknown): void {
  if (found !== right) failures.push(`${what}: ${found}, not ${right}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
