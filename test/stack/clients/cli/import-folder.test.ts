import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anEndUser } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { runAsk, temporaryDirectory } from '../../../support/run-ask.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
beforeAll(async () => {
  service = await startService();
  client = await service.client();
}, 120_000);
afterAll(() => service?.stop());

const root = temporaryDirectory();
let folders = 0;

/** A folder with these files. */
function folder(files: Record<string, string>): string {
  const path = join(root, `${folders++}`);
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

const said = (words: string) => `WEBVTT\n\n00:05.000 --> 00:08.000\n<v Ana>${words}\n`;
const BAD = 'WEBVTT\n\n00:05.000 --> 00:02.000\nBackwards.\n';
const importInto = (endUser: { id: string }, ...args: string[]) =>
  runAsk(['import', ...args, '--end-user', endUser.id], { ASK_API_URL: service.url, ASK_API_KEY: client.secret });
const recordingsOf = async (endUser: { id: string }) =>
  (await client.get(`/v1/recordings?end_user_id=${endUser.id}&order=recorded_at`)).body.data;

test('a folder comes in with the dates of its names; a refused file leaves nothing, and is told at the end', async () => {
  const endUser = await anEndUser(client);
  const path = folder({
    'GMT20260912-140000_Recording.transcript.vtt': said('We launch in May.'),
    '2026-03-04 budget.vtt': said('Nine thousand euros.'),
    'bad.vtt': BAD,
    'undated.vtt': said('Nobody knows when.'),
    'readme.md': 'Not a transcript.',
  });
  const run = await importInto(endUser, path);
  expect(run).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^(rec_\w+ {2}.*\n){3}$/),
    stderr: expect.stringMatching(/3 of 4 files are imported\.\n1 failed:\n {2}.*bad\.vtt: cue 1: .*\n$/),
  });
  const listed = await recordingsOf(endUser);
  expect(listed.map(({ name, started_at, status }: Record<string, string>) => [name, started_at, status])).toEqual([
    ['GMT20260912-140000_Recording.transcript.vtt', '2026-09-12T14:00:00.000Z', 'completed'],
    ['2026-03-04 budget.vtt', '2026-03-04T00:00:00.000Z', 'completed'],
    ['undated.vtt', null, 'completed'],
  ]);
}, 60_000);

test('a folder that is imported twice is there once, and what people changed since stays', async () => {
  const endUser = await anEndUser(client);
  const path = folder({ 'a.vtt': said('First.'), 'b.vtt': said('Second.'), 'bad.vtt': BAD });
  await importInto(endUser, path);
  const [first] = await recordingsOf(endUser);
  await client.send('PATCH', `/v1/recordings/${first.id}`, { body: { name: 'Renamed', metadata: { room: 'Oslo' } } });
  const before = await recordingsOf(endUser);
  writeFileSync(join(path, 'bad.vtt'), said('Mended.'));
  writeFileSync(join(path, 'c.vtt'), said('Third.'));
  const again = await importInto(endUser, path);
  expect(again).toMatchObject({
    code: 0,
    stderr: '4 of 4 files are imported (2 of them by an earlier import).\n',
  });
  const after = await recordingsOf(endUser);
  expect(after).toHaveLength(4);
  expect(after).toEqual(expect.arrayContaining(before));
}, 60_000);

test('an import that was cut off goes on: before its transcript, and behind it', async () => {
  const endUser = await anEndUser(client);
  const path = folder({ 'a.vtt': said('First.') });
  await importInto(endUser, path);
  const [{ id, external_id }] = await recordingsOf(endUser);
  await client.delete(`/v1/recordings/${id}`);
  // The recording was made, and then the command was killed.
  await client.post('/v1/recordings', { end_user_id: endUser.id, external_id });
  expect(await importInto(endUser, path)).toMatchObject({ code: 0 });
  expect(await recordingsOf(endUser)).toMatchObject([{ external_id, status: 'completed' }]);
}, 60_000);

test('--started-at and --name go before what the file says, also for a file that is there', async () => {
  const endUser = await anEndUser(client);
  const file = join(folder({ '2026-03-04.vtt': said('First.') }), '2026-03-04.vtt');
  await importInto(endUser, file, '--started-at', '2026-05-04T10:00:00+02:00', '--name', 'Kick-off');
  expect(await recordingsOf(endUser)).toMatchObject([{ name: 'Kick-off', started_at: '2026-05-04T08:00:00.000Z' }]);
  await importInto(endUser, file, '--started-at', '2026-05-05T08:00:00Z');
  expect(await recordingsOf(endUser)).toMatchObject([{ name: 'Kick-off', started_at: '2026-05-05T08:00:00.000Z' }]);
}, 60_000);

test('two imports of one folder at once leave each file once', async () => {
  const endUser = await anEndUser(client);
  const path = folder({ 'a.vtt': said('First.'), 'b.vtt': said('Second.') });
  const runs = await Promise.all([importInto(endUser, path), importInto(endUser, path)]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  expect(await recordingsOf(endUser)).toHaveLength(2);
}, 60_000);

test('a key that may not import stops at the first file, and says so for each', async () => {
  const endUser = await anEndUser(client);
  const path = folder({ 'a.vtt': said('First.'), 'b.vtt': said('Second.') });
  const { secret } = await service.client({ projectId: client.projectId, scopes: ['recordings:read'] });
  const settings = { ASK_API_URL: service.url, ASK_API_KEY: secret };
  const run = await runAsk(['import', path, '--end-user', endUser.id, '--json'], settings);
  expect(run.code).toBe(1);
  expect(JSON.parse(run.stdout).files).toMatchObject([
    { status: 'failed', error: expect.stringContaining('(forbidden)') },
    { status: 'failed', error: expect.stringMatching(/^Not tried/) },
  ]);
}, 60_000);
