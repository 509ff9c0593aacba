import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onlyJson, runAsk, temporaryDirectory } from '../../../../support/run-ask.ts';
import { SESSION } from '../answers.ts';
import { type Scripted, scriptedApi } from '../scripted-api.ts';

const directory = temporaryDirectory();
const DOCUMENT = '# When?\n\nThe **launch** [1].\n';

async function exporting(args: string[], answer: Scripted) {
  const { url, received, close } = await scriptedApi([answer]);
  try {
    const run = await runAsk(['export', SESSION, ...args], { ASK_API_URL: url, ASK_API_KEY: 'sk_test_x' });
    return { run, asked: received.map(({ path }) => path) };
  } finally {
    close();
  }
}

test('the Markdown of a session goes to stdout as it is', async () => {
  const { run, asked } = await exporting([], { status: 200, text: DOCUMENT });
  expect(run).toEqual({ code: 0, stdout: DOCUMENT, stderr: '' });
  expect(asked).toEqual([`/v1/ask/sessions/${SESSION}/export?format=markdown`]);
});

test('--output writes a new file, and never over one that is there', async () => {
  const file = join(directory, 'session.md');
  const { run } = await exporting(['--output', file], { status: 200, text: DOCUMENT });
  expect(run).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(file, 'utf8')).toBe(DOCUMENT);
  const again = await exporting(['--output', file], { status: 200, text: 'other' });
  expect(again.run).toMatchObject({ code: 1, stderr: expect.stringContaining('session.md exists already.') });
  expect(readFileSync(file, 'utf8')).toBe(DOCUMENT);
});

test('--json prints the session with its messages', async () => {
  const time = '2026-05-12T09:30:00.000Z';
  const session = {
    ...{ id: SESSION, title: 'When?', end_user_id: 'eu_1', message_count: 0, last_model: null, last_provider: null },
    ...{ last_message_at: null, created_at: time, updated_at: time },
    scope: { type: 'library', recording_ids: [], recording_title: null },
  };
  const { run, asked } = await exporting(['--json'], { status: 200, body: { session, messages: [] } });
  expect(onlyJson(run)).toEqual({ session, messages: [] });
  expect(asked).toEqual([`/v1/ask/sessions/${SESSION}/export?format=json`]);
});
