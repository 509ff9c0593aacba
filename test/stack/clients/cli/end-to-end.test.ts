import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anEndUser } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { onlyJson, type Run, runAsk, temporaryDirectory } from '../../../support/run-ask.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;
let endUserId: string;
beforeAll(async () => {
  service = await startService();
  client = await service.client();
  endUserId = (await anEndUser(client)).id;
}, 120_000);
afterAll(() => service?.stop());

const directory = temporaryDirectory();
const ask = (args: string[], input?: string): Promise<Run> =>
  runAsk(args, { ASK_API_URL: service.url, ASK_API_KEY: client.secret }, input);

function file(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const LAUNCH = 'The launch moved to May twelve because the review is late.';
const vtt = file(
  'weekly.vtt',
  `WEBVTT\n\n00:05.000 --> 00:08.000\n<v Ana>Welcome.\n\n01:02.000 --> 01:10.500\n<v Ben>${LAUNCH}\n`,
);
const srt = file(
  'budget.srt',
  '1\n00:00:10,000 --> 00:00:12,000\nAna: The budget for advertising is nine thousand euros.\n',
);
const json = file(
  'hiring.json',
  JSON.stringify({ segments: [{ start: 90, end: 95, text: 'We hire two designers in autumn.' }] }),
);
const bad = file('bad.vtt', 'WEBVTT\n\n00:05.000 --> 00:02.000\nBackwards.\n');

const importFiles = (...files: string[]) => ask(['import', ...files, '--end-user', endUserId, '--json']);

describe('a repeated import', () => {
  test('leaves one recording a file, indexed, with speakers and times', async () => {
    const first = onlyJson(await importFiles(vtt, srt, json));
    expect(first).toEqual({
      files: [vtt, srt, json].map((path) => ({
        file: path,
        recording_id: expect.stringMatching(/^rec_/),
        transcription_id: expect.stringMatching(/^txn_/),
        status: 'completed',
        error: null,
      })),
    });
    expect(onlyJson(await importFiles(vtt, srt, json))).toEqual(first);
    const { body: listed } = await client.get(`/v1/recordings?end_user_id=${endUserId}`);
    expect(listed.data.map((recording: { name: string }) => recording.name).sort()).toEqual([
      'budget.srt',
      'hiring.json',
      'weekly.vtt',
    ]);
    const [{ transcription_id }] = first.files as [{ transcription_id: string }];
    const { body } = await client.get(`/v1/transcriptions/${transcription_id}`);
    expect(body.segments[1]).toMatchObject({ start: 62, end: 70.5, speaker: 'Ben', text: LAUNCH });
  }, 60_000);

  test('a file that the service refuses is named with the reason; the others come in', async () => {
    const run = await importFiles(bad, join(directory, 'absent.srt'), vtt);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(run.stdout).files).toEqual([
      expect.objectContaining({
        status: 'failed',
        error: 'cue 1: must not end before it starts, on line 3 (invalid_request)',
      }),
      expect.objectContaining({ status: 'failed', error: expect.stringMatching(/absent\.srt cannot be read/) }),
      expect.objectContaining({ status: 'completed' }),
    ]);
  }, 60_000);
});

test('what is stored can be listed, searched, exported and deleted', async () => {
  const owner = (await anEndUser(client)).id;
  const imported = onlyJson(await ask(['import', srt, '--end-user', owner, '--json']));
  const [{ recording_id: id }] = imported.files as [{ recording_id: string }];
  expect(onlyJson(await ask(['recordings', '--end-user', owner, '--json']))).toMatchObject({
    data: [{ id, name: 'budget.srt', status: 'completed' }],
  });
  const found = await ask(['search', 'advertising budget', '--end-user', owner]);
  expect(found).toMatchObject({ code: 0, stdout: expect.stringContaining('nine thousand euros') });
  const { session_id } = onlyJson(await ask(['question', 'What is the budget?', '--recording', id, '--json']));
  expect(await ask(['sessions', '--end-user', owner])).toMatchObject({ stdout: expect.stringContaining('budget.srt') });
  expect(await ask(['export', String(session_id)])).toMatchObject({
    ...{ code: 0, stdout: expect.stringContaining('> What is the budget?') },
  });
  const gone = await ask(['delete', owner, '--yes']);
  expect(gone).toMatchObject({ code: 0, stderr: expect.stringContaining('with 1 recording, 1 session') });
  expect(await ask(['export', String(session_id)])).toMatchObject({ code: 1, stdout: '' });
  expect(onlyJson(await ask(['recordings', '--end-user', owner, '--json']))).toMatchObject({ data: [] });
}, 90_000);

describe('asking', () => {
  let recording: string;
  beforeAll(async () => {
    const run = await ask(['import', vtt, '--end-user', endUserId, '--name', 'Launch review']);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringMatching(/^rec_\w+ {2}.*weekly\.vtt\n$/) });
    recording = run.stdout.split(' ')[0] ?? '';
  }, 60_000);

  test('a question over one recording cites its time and name', async () => {
    const run = await ask(['question', 'When is the launch?', '--recording', recording]);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('[Launch review 01:02]') });
  }, 60_000);

  test('a question with --json prints the ask result', async () => {
    const result = onlyJson(await ask(['question', 'When is the launch?', '--recording', recording, '--json']));
    expect(result).toMatchObject({ session_id: expect.stringMatching(/^as_/), message: { role: 'assistant' } });
  }, 60_000);

  test('a chat asks line by line in one session over the library', async () => {
    const run = await ask(
      ['chat', '--end-user', endUserId],
      'What is the budget for advertising?\nWhen is the launch?\n',
    );
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('[budget.srt 00:10]') });
    const session = run.stderr.match(/as_\w+/)?.[0];
    const { body } = await client.get(`/v1/ask/sessions/${session}`);
    expect(body.message_count).toBe(4);
    const traced = await ask(['sessions', 'trace', String(session)]);
    expect(traced).toMatchObject({ code: 0, stdout: expect.stringMatching(/^question +\d+$/m) });
    expect(traced.stdout).toMatch(/^markers: [1-9]\d* issued, 1 cited, 0 dropped$/m);
  }, 60_000);

  test('an error of the service is shown with its code', async () => {
    const run = await ask(['question', 'Who?', '--recording', 'rec_01jd3v9k2m8q4t6w0y5z7a1b3c']);
    expect(run).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: No recording .*\(not_found\)\n$/),
    });
  }, 60_000);
});
