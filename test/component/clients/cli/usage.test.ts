import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import packageJson from '../../../../package.json' with { type: 'json' };
import { sessionWorkflowId } from '../../../../workflows/contract.ts';
import { onlyJson, runAsk } from '../../../support/run-ask.ts';

test.each([
  [['nope'], "unknown command 'nope'"],
  [['keys', 'create', '--project', 'x'], "required option '--mode <mode>' not specified"],
  [['keys', 'create', '--project', 'x', '--mode', 'prod'], 'Allowed choices are test, live'],
  [['keys', 'create', '--project', ' ', '--mode', 'test'], 'must not be empty'],
  [['keys', 'create', '--project', 'x', '--mode', 'test', '--scopes', 'ask:red'], 'takes scopes out of ask:read'],
  [['keys', 'create', '--project', 'x', '--mode', 'test', '--end-user', 'rec_1'], 'must be an id that starts with eu_'],
  [['keys', 'revoke', 'as_1'], 'must be a key id'],
  [['import'], "missing required argument 'file'"],
  [['import', 'notes.pdf'], 'notes.pdf: a transcript ends in .json, .vtt, .srt, .sbv, .txt.'],
  [['import', 'a.srt', '--charset', 'klingon'], 'is not known; send a name such as windows-1252'],
  [['import', 'a.vtt', 'b.vtt', '--name', 'x'], '--name is for a single file'],
  [['import', 'a.vtt', 'b.vtt', '--started-at', '2026-09-12T14:00:00Z'], '--started-at is for a single file'],
  [['import', 'a.vtt', '--started-at', '12 September'], 'must be an ISO 8601 date and time'],
  [
    ['question', 'why?', '--library', '--recording', 'rec_1'],
    "'--recording <id>' cannot be used with option '--library'",
  ],
  [['question', 'why?', '--provider', 'other'], 'Allowed choices are gemini, openai, claude'],
  [['session', 'open', 'rec_1'], 'must be an id that starts with as_'],
  [['question', '-'], 'Standard input is empty.'],
  [['recordings', '--limit', '0'], 'must be a whole number from 1 to 99999'],
  [['search', 'x', '--limit', 'all'], 'must be a whole number from 1 to 50'],
  [['recordings', '--after', 'May'], 'must be a day such as 2026-05-12'],
  [['recordings', 'update', 'rec_1'], 'Nothing would change. Say what is new with --name'],
  [['recordings', 'update', 'rec_1', '--started-at', 'May'], 'must be none, a day such as 2026-05-12'],
  [['sessions', 'rename', 'as_1', ' '], 'must not be empty'],
  [['export', 'rec_1'], 'must be an id that starts with as_'],
  [['delete', 'txn_1'], 'must be the id of a recording (rec_…), a session (as_…) or an end user (eu_…)'],
])('%j is a wrong call: exit code 2, nothing on stdout', async (args, message) => {
  const run = await runAsk(args);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain(message);
  expect(run.stderr).toMatch(/^error: .*\n$/);
});

test('--version prints the version', async () => {
  expect(await runAsk(['--version'])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

test('a reader that has read enough, such as head, is no failure', async () => {
  const { stderr } = spawn('sh', ['-c', `'${process.execPath}' src/clients/cli/ask.ts --help | true`]);
  expect(await text(stderr)).toBe('');
});

test.each([[['--help']], [['keys', 'create', '--help']]])('%j is no failure', async (args) => {
  expect(await runAsk(args)).toMatchObject({ code: 0, stderr: '' });
});

test.each([
  [['keys', 'list'], {}, 'error: No MongoDB is known here. Start the stack with `npm start`, or set MONGODB_URI.\n'],
  [['question', 'why?'], {}, 'error: No service runs here. Start one with `npm start`, or set ASK_API_URL'],
  [
    ['question', 'why?'],
    { ASK_API_URL: 'http://127.0.0.1:9' },
    'error: No API key is known. Pass one with --key or ASK_API_KEY.',
  ],
  [
    ['question', 'why?', '--key', 'sk_test_x'],
    { ASK_API_URL: 'http://127.0.0.1:9' },
    'error: The service at http://127.0.0.1:9 does not answer. Start it with `npm start`, or check ASK_API_URL.\n',
  ],
  [['session', 'open', 'as_1'], {}, 'error: No Temporal UI is known here.'],
  [['keys', 'list'], { MONGODB_URI: 'localhost' }, 'error: MONGODB_URI: must start'],
])('%j without what it needs fails with the remedy, and no stack trace', async (args, settings, message) => {
  const run = await runAsk(args, settings);
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain(message);
  expect(run.stderr).not.toMatch(/^\s+at /m);
});

test("session open prints the address of the session's workflow", async () => {
  const id = 'as_01jd3v9k2m8q4t6w0y5z7a1b3c';
  const settings = { TEMPORAL_UI_URL: 'http://ui.example:8233/temporal', TEMPORAL_NAMESPACE: 'meetings' };
  const url = `http://ui.example:8233/temporal/namespaces/meetings/workflows/ask-session%2F${id}`;
  expect(await runAsk(['session', 'open', id], settings)).toEqual({ code: 0, stdout: `${url}\n`, stderr: '' });
  expect(onlyJson(await runAsk(['session', 'open', id, '--json'], settings))).toEqual({
    session_id: id,
    workflow_id: sessionWorkflowId(id),
    url,
  });
});
