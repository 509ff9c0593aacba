import { askOnTerminal, hasTerminal, onlyJson, runAsk } from '../../../support/run-ask.ts';
import { NAMED, RECORDING, SESSION } from './answers.ts';
import { type Scripted, scriptedApi } from './scripted-api.ts';

const END_USER = NAMED.end_user_id;
const ok = (body: unknown): Scripted => ({ status: 200, body });
const page = (data: unknown[], has_more = false) => ok({ data, has_more, next_cursor: has_more ? 'c' : null });
const session = {
  ...{ id: SESSION, title: 'When?', end_user_id: END_USER, message_count: 1, last_model: null, last_provider: null },
  ...{ last_message_at: null, created_at: NAMED.created_at, updated_at: NAMED.created_at },
  scope: { type: 'recording', recording_ids: [RECORDING], recording_title: 'Weekly' },
};
const endUser = { id: END_USER, external_id: null, name: 'Ana', metadata: {}, created_at: NAMED.created_at };
const deleted = (id: string): Scripted => ({ status: 202, body: { id, status: 'deleting' } });
const unknown: Scripted = { status: 404, body: { error: { code: 'not_found', message: 'No such recording.' } } };

async function withApi<T>(answers: Scripted[], run: (settings: Record<string, string>) => Promise<T>) {
  const { url, received, close } = await scriptedApi(answers);
  try {
    return { run: await run({ ASK_API_URL: url, ASK_API_KEY: 'sk_test_x' }), received };
  } finally {
    close();
  }
}
const deletesOf = (received: { method: string | undefined; path: string | undefined }[]) =>
  received.filter(({ method }) => method === 'DELETE').map(({ path }) => path);

test('without --yes, and where nobody can be asked, nothing is looked up or deleted', async () => {
  const { run, received } = await withApi([], (settings) => runAsk(['delete', RECORDING], settings, 'yes\n'));
  expect(run).toEqual({
    ...{ code: 2, stdout: '' },
    stderr: 'error: Nobody can be asked here whether to delete. Add --yes to delete without asking.\n',
  });
  expect(received).toEqual([]);
});

test('--yes deletes a session, once however often it is named', async () => {
  const answers = [ok(session), { status: 204, body: '' }];
  const { run, received } = await withApi(answers, (settings) =>
    runAsk(['delete', SESSION, SESSION, '--yes'], settings),
  );
  expect(run).toEqual({
    ...{ code: 0, stdout: `${SESSION} is deleted.\n` },
    stderr: `Delete the session ${SESSION} “When?” with its 1 message.\n`,
  });
  expect(deletesOf(received)).toEqual([`/v1/ask/sessions/${SESSION}`]);
});

test('what goes with an end user is told before', async () => {
  const answers = [ok(endUser), page([NAMED], true), page([]), deleted(END_USER)];
  const { run } = await withApi(answers, (settings) => runAsk(['delete', END_USER, '--yes'], settings));
  expect(run.stderr).toBe(
    `Delete the end user ${END_USER} “Ana” with more than 1 recordings, no sessions, and each key that is restricted to them.\n`,
  );
});

test('one unknown id keeps all from being deleted', async () => {
  const answers = [ok(session), unknown, page([])];
  const { run, received } = await withApi(answers, (settings) =>
    runAsk(['delete', SESSION, RECORDING, '--yes', '--json'], settings),
  );
  expect(run).toMatchObject({ code: 1, stdout: '', stderr: 'error: No such recording. (not_found)\n' });
  expect(deletesOf(received)).toEqual([]);
});

test('--json tells what became of each', async () => {
  const answers = [ok(session), { status: 204, body: '' }];
  const { run } = await withApi(answers, (settings) => runAsk(['delete', SESSION, '--yes', '--json'], settings));
  expect(onlyJson(run)).toEqual({ deleted: [{ id: SESSION, status: 'deleted', error: null }] });
  expect(run.stderr).toBe('');
});

const onTerminal = hasTerminal ? test.each : test.skip.each;
onTerminal([
  ['yes\r', 0, [`/v1/recordings/${RECORDING}`], 'its data is being erased.'],
  ['y\r', 1, [], 'Nothing was deleted.'],
  ['\r', 1, [], 'Nothing was deleted.'],
  ['\u0003', 1, [], 'Nothing was deleted.'],
  ['\u0004', 1, [], 'Nothing was deleted.'],
])('on a terminal, %j is the answer', async (keys, code, deletes, last) => {
  const answers = [ok(NAMED), page([session]), deleted(RECORDING)];
  const { run, received } = await withApi(answers, async (settings) => {
    const terminal = askOnTerminal(['delete', RECORDING], settings);
    await terminal.sees('Type yes to delete: ');
    terminal.type(keys);
    return terminal.ended;
  });
  expect(run).toMatchObject({ code, stdout: expect.stringContaining(last) });
  expect(run.stdout).toContain(`${RECORDING} “Weekly” with its transcript, and 1 session about it alone.`);
  expect(deletesOf(received)).toEqual(deletes);
});
