import { onlyJson, runAsk } from '../../../support/run-ask.ts';
import { NAMED, RECORDING, SESSION } from './answers.ts';
import { type Scripted, scriptedApi } from './scripted-api.ts';

const END_USER = NAMED.end_user_id;
const ok = (body: unknown): Scripted => ({ status: 200, body });
const page = (data: unknown[], next_cursor: string | null = null) =>
  ok({ data, has_more: next_cursor !== null, next_cursor });

async function ask(args: string[], answers: Scripted[]) {
  const { url, received, close } = await scriptedApi(answers);
  try {
    const run = await runAsk(args, { ASK_API_URL: url, ASK_API_KEY: 'sk_test_x' });
    return { run, asked: received.map(({ method, path }) => `${method} ${path}`), received };
  } finally {
    close();
  }
}

describe('ask recordings', () => {
  test('shows a row a recording, without what would steer a terminal', async () => {
    const named = { ...NAMED, name: 'Week\u001b[2Jly', started_at: '2026-09-12T14:00:00.000Z', duration_ms: 3_725_000 };
    const { run } = await ask(['recordings'], [page([named])]);
    expect(run).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^ID +NAME +RECORDED +LENGTH +STATUS\nrec_\w+ +Week\[2Jly +2026-09-12 14:00 +1:02:05 +completed\n$/,
      ),
      stderr: '',
    });
  });

  test('reads page by page up to the limit, and says that there are more', async () => {
    const many = (count: number) => Array.from({ length: count }, () => NAMED);
    const { run, asked } = await ask(['recordings', '--limit', '101'], [page(many(100), 'a b'), page(many(1), 'c')]);
    expect(asked).toEqual([
      'GET /v1/recordings?order=created_at&limit=100',
      'GET /v1/recordings?order=created_at&limit=1&cursor=a+b',
    ]);
    expect(run.stdout.split('\n')).toHaveLength(103);
    expect(run.stderr).toBe('These are the first 101. Show more with --limit.\n');
  });

  test('sends its filters, and prints one JSON object', async () => {
    const filters = ['--end-user', END_USER, '--name', 'Week ly', '--status', 'completed'];
    const dates = ['--after', '2026-09-12', '--before', '2026-09-13T00:00:00+02:00', '--order', 'recorded_at'];
    const { run, received } = await ask(['recordings', ...filters, ...dates, '--json'], [page([NAMED])]);
    expect(onlyJson(run)).toEqual({ data: [NAMED], has_more: false });
    expect(Object.fromEntries(new URL(received[0]?.path ?? '', 'http://x').searchParams)).toEqual({
      ...{ end_user_id: END_USER, q: 'Week ly', status: 'completed', order: 'recorded_at', limit: '50' },
      ...{ recorded_after: '2026-09-12T00:00:00.000Z', recorded_before: '2026-09-12T22:00:00.000Z' },
    });
  });

  test('update changes what is given, and none takes a date away', async () => {
    const named = { ...NAMED, name: 'Board', started_at: '2026-09-12T00:00:00.000Z' };
    const args = ['--name', ' Board ', '--started-at', '2026-09-12', '--ended-at', 'none'];
    const { run, asked, received } = await ask(['recordings', 'update', RECORDING, ...args], [ok(named)]);
    expect(run).toMatchObject({
      code: 0,
      stdout: `${RECORDING} is “Board” now, 2026-09-12T00:00:00.000Z.\n`,
      stderr: '',
    });
    expect(asked).toEqual([`PATCH /v1/recordings/${RECORDING}`]);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      ...{ name: 'Board', started_at: '2026-09-12T00:00:00.000Z', ended_at: null },
    });
  });
});

test('ask sessions rename gives a session another title', async () => {
  const session = {
    ...{ id: SESSION, title: 'The launch', scope: { type: 'library', recording_ids: [], recording_title: null } },
    ...{ end_user_id: END_USER, message_count: 0, last_message_at: null, last_model: null, last_provider: null },
    ...{ created_at: NAMED.created_at, updated_at: NAMED.created_at },
  };
  const { run, asked, received } = await ask(['sessions', 'rename', SESSION, 'The launch'], [ok(session)]);
  expect(run).toMatchObject({ code: 0, stdout: `${SESSION} is called “The launch” now.\n`, stderr: '' });
  expect(asked).toEqual([`PATCH /v1/ask/sessions/${SESSION}`]);
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({ title: 'The launch' });
});

test('ask sessions shows what each was asked over', async () => {
  const session = {
    ...{ id: SESSION, title: 'When is the launch?', end_user_id: END_USER, message_count: 4, last_model: null },
    ...{ last_provider: null, last_message_at: '2026-09-12T14:00:00.000Z' },
    ...{ created_at: NAMED.created_at, updated_at: NAMED.created_at },
  };
  const over = (type: string, ids: string[], title: string | null) => ({
    ...session,
    scope: { type, recording_ids: ids, recording_title: title },
  });
  const sessions = [
    over('library', [], null),
    over('selected', [RECORDING], null),
    over('recording', [RECORDING], 'W'),
  ];
  const { run, asked } = await ask(['sessions', '--scope', 'library', '--title', 'launch'], [page(sessions)]);
  expect(asked).toEqual(['GET /v1/ask/sessions?scope_type=library&q=launch&limit=50']);
  const cells = run.stdout.split('\n').map((row) => row.split(/ {2,}/));
  expect(cells.slice(1, -1).map((row) => row.slice(1))).toEqual([
    ['When is the launch?', 'the library', '4', '2026-09-12 14:00'],
    ['When is the launch?', '1 recording', '4', '2026-09-12 14:00'],
    ['When is the launch?', 'W', '4', '2026-09-12 14:00'],
  ]);
});

test('ask search shows where each passage was said', async () => {
  const source = {
    ...{
      chunk_id: 'chk_1',
      recording_id: RECORDING,
      transcription_id: 'txn_1',
      chunk_text: 'Ben: Well.\nAna: The Launch\nmoved.\nBen: Oh.',
    },
    ...{ speaker: 'Ana', start_ms: 62_000, end_ms: 70_000, recorded_at: null, score: 0.8 },
  };
  const args = ['search', 'launch', '--end-user', END_USER, '--recording', RECORDING, '--limit', '2'];
  const { run, received } = await ask(args, [ok({ results: [source, source] }), ok(NAMED)]);
  const passage = `Weekly 01:02 (${RECORDING})\n  Ana: The Launch moved. Ben: Oh.\n`;
  expect(run).toMatchObject({ code: 0, stdout: `${passage}\n${passage}`, stderr: '' });
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({
    ...{ query: 'launch', end_user_id: END_USER, recording_ids: [RECORDING], limit: 2 },
  });
});

describe('ask end-users', () => {
  const endUser = { id: END_USER, external_id: 'a-1', name: 'Ana', metadata: {}, created_at: NAMED.created_at };

  test('lists them', async () => {
    const { run, asked } = await ask(['end-users', '--external-id', 'a-1'], [page([endUser])]);
    expect(run.stdout).toMatch(/\neu_\w+ +Ana +a-1 +2026-05-12\n$/);
    expect(asked).toEqual(['GET /v1/end_users?external_id=a-1&limit=50']);
    const { run: empty } = await ask(['end-users'], [page([])]);
    expect(empty).toMatchObject({ code: 0, stderr: 'There is none.\n' });
  });

  test('creates one, and prints its id', async () => {
    const { run, received } = await ask(['end-users', 'create', '--name', 'Ana'], [{ status: 201, body: endUser }]);
    expect(run).toMatchObject({ code: 0, stdout: `${END_USER}\n` });
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ name: 'Ana' });
  });
});
