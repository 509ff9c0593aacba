import { eventually } from '../../../../support/eventually.ts';
import { askOnTerminal, CTRL_C, hasTerminal } from '../../../../support/run-ask.ts';
import { MOMENTS, NAMED, RECORDING, RESULT, SESSION, TURN } from '../answers.ts';
import { type Scripted, scriptedApi } from '../scripted-api.ts';

if (!hasTerminal) process.stderr.write('Left out: Ctrl-C on a terminal; it needs `script` of util-linux.\n');
const onTerminal = hasTerminal ? test : test.skip;

const wire = (...events: [string, object][]): string =>
  events.map(([name, data], i) => `id: ${i + 1}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('');
const STARTED: [string, object] = ['turn.started', { session_id: SESSION, turn_id: TURN }];
const CANCELLED = { code: 'turn_cancelled', message: 'The turn was cancelled.' };
const BEGUN = wire(STARTED, ['delta', { text: 'The launch moved' }]);
const FAILED = wire(['turn.failed', { error: CANCELLED }]);
const held: Scripted = { events: BEGUN, held: [FAILED] };
const stopped: Scripted = {
  status: 200,
  body: {
    ...{ turn_id: TURN, session_id: SESSION, message_id: RESULT.message.id, status: 'cancelled', attempt: 1 },
    ...{ result: null, error: CANCELLED, created_at: NAMED.created_at, completed_at: NAMED.created_at },
  },
};

async function chatting(args: string[], answers: Scripted[]) {
  const { url, received, release, close } = await scriptedApi(answers);
  const chat = askOnTerminal(args, { ASK_API_URL: url, ASK_API_KEY: 'sk_test_x' });
  return { ...chat, received, release, ended: chat.ended.finally(close) };
}

onTerminal('Ctrl-C in a chat stops the answer, and at the prompt it leaves', async () => {
  const chat = await chatting(['chat', '--session', SESSION], [held, stopped]);
  await chat.sees('> ');
  chat.type('When?\r');
  await chat.sees('The launch moved');
  chat.type(CTRL_C);
  await chat.sees('The answer was stopped.');
  expect(chat.received.at(-1)).toMatchObject({
    method: 'POST',
    path: `/v1/ask/sessions/${SESSION}/turns/${TURN}/cancel`,
  });
  chat.type(CTRL_C);
  const { code, stdout } = await chat.ended;
  expect(stdout).toContain(`Continue with: npx ask chat --session ${SESSION}\n`);
  expect(stdout).not.toContain('error:');
  expect(code).toBe(0);
});

onTerminal('a second Ctrl-C leaves without waiting for the answer', async () => {
  const chat = await chatting(['chat', '--session', SESSION], [held, { events: '', held: [] }]);
  await chat.sees('> ');
  chat.type('When?\r');
  await chat.sees('The launch moved');
  chat.type(CTRL_C);
  await chat.sees('Stopping the answer.');
  chat.type(CTRL_C);
  expect(await chat.ended).toMatchObject({ code: 130, stdout: expect.stringContaining('Continue with: npx ask chat') });
});

onTerminal('Ctrl-C before the turn is known stops it once it is', async () => {
  const chat = await chatting(['chat', '--session', SESSION], [{ events: '', held: [BEGUN, FAILED] }, stopped]);
  await chat.sees('> ');
  chat.type('When?\r');
  await eventually(() => chat.received.length === 1);
  chat.type(CTRL_C);
  await chat.sees('Stopping the answer.');
  chat.release();
  await chat.sees('The answer was stopped.');
  expect(chat.received).toHaveLength(2);
  chat.type(CTRL_C);
  expect(await chat.ended).toMatchObject({ code: 0 });
});

onTerminal('Ctrl-C stops the answer of `ask question`', async () => {
  const run = await chatting(['question', 'When?', '--session', SESSION], [held, stopped]);
  await run.sees('The launch moved');
  run.type(CTRL_C);
  expect(await run.ended).toMatchObject({ code: 130, stdout: expect.stringContaining('The answer was stopped.') });
});

onTerminal('an answer in Markdown is readable on a terminal, and steers it not', async () => {
  const events = wire(
    STARTED,
    ...['# The ', 'plan\n\nIt is **set', 'tled** \u001b[2J', ':\n\n- one', ' thing '].map((text): [string, object] => [
      'delta',
      { text },
    ]),
    ['citation', { text: '[1]', ...MOMENTS[0] }],
    ['turn.completed', RESULT],
  );
  const run = await chatting(
    ['question', 'When?', '--recording', RECORDING],
    [{ events }, { status: 200, body: NAMED }],
  );
  const { stdout } = await run.ended;
  expect(stdout).toMatch(
    /The plan\n.*It is settled \[2J:\n.*- one thing \[1\]\n\n\[1\] Weekly 01:02\n\(openai, sandbox; /s,
  );
});
