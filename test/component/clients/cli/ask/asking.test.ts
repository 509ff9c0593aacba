import { onlyJson, type Run, runAsk } from '../../../../support/run-ask.ts';
import { NAMED, RECORDING, RESULT, SESSION } from '../answers.ts';
import { type Received, type Scripted, scriptedApi } from '../scripted-api.ts';

const ok = (body: unknown): Scripted => ({ status: 200, body });
const failed = (status: number, code: string, details = {}, headers = {}): Scripted => ({
  status,
  headers,
  body: { error: { code, message: `About ${code}.`, details } },
});

async function ask(args: string[], answers: Scripted[], input = ''): Promise<Run & { received: Received[] }> {
  const { url, received, close } = await scriptedApi(answers);
  try {
    const run = await runAsk(args, { ASK_API_URL: url, ASK_API_KEY: 'sk_test_x' }, input);
    return { ...run, received };
  } finally {
    close();
  }
}

describe('ask question', () => {
  test('prints the answer with its citations as name and time', async () => {
    const run = await ask(['question', 'When?', '--recording', RECORDING], [ok(RESULT), ok(NAMED)]);
    expect(run).toMatchObject({
      code: 0,
      stdout: 'The launch moved to May 12 [Weekly 01:02] and stays there [Weekly 1:02:05].\n',
      stderr: `(openai, sandbox; session ${SESSION})\n`,
    });
    expect(run.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/ask/sessions',
      `GET /v1/recordings/${RECORDING}`,
    ]);
    expect(run.received[0]?.authorization).toBe('Bearer sk_test_x');
  });

  test('says which facts the cited lines do not state', async () => {
    const grounding = { status: 'partial', method: 'look-up/3', unsupported: [{ text: 'May 12', kind: 'date' }] };
    const partial = { ...RESULT, message: { ...RESULT.message, grounding } };
    const { stderr } = await ask(['question', 'When?', '--library'], [ok(partial), ok(NAMED)]);
    expect(stderr).toMatch(/^Not found in the cited lines: “May 12”\n\(openai, /);
  });

  test('- reads the question from standard input', async () => {
    const { code, received } = await ask(['question', '-', '--json'], [ok(RESULT)], '  When?\nAnd why?\n');
    expect(code).toBe(0);
    expect(JSON.parse(received[0]?.body ?? '').initial_message).toEqual({ content: 'When?\nAnd why?' });
  });

  test('--json prints the ask result and nothing else', async () => {
    expect(onlyJson(await ask(['question', 'When?', '--library', '--json'], [ok(RESULT)]))).toEqual(RESULT);
  });

  test.each([
    [['--recording', RECORDING], { scope: { type: 'recording', recording_id: RECORDING } }, {}],
    [['--library', '--end-user', 'eu_1'], { scope: { type: 'library' }, end_user_id: 'eu_1' }, {}],
    [['--provider', 'claude'], { scope: { type: 'library' } }, { provider: 'claude' }],
  ])('%j is asked as such', async (options, session, message) => {
    const { received } = await ask(['question', 'When?', '--json', ...options], [ok(RESULT)]);
    const initial_message = { content: 'When?', ...message };
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ ...session, initial_message });
  });

  test('a busy, absent or slow service is asked again with the same Idempotency-Key', async () => {
    const wait = { 'Retry-After': '0.01' };
    const busy = [
      failed(429, 'rate_limit_exceeded', {}, wait),
      failed(503, 'unavailable', {}, wait),
      failed(504, 'turn_in_progress', {}, wait),
    ];
    const { code, received } = await ask(['question', 'When?', '--json'], [...busy, ok(RESULT)]);
    expect(code).toBe(0);
    expect(received).toHaveLength(4);
    expect(new Set(received.map(({ idempotencyKey, body }) => `${idempotencyKey} ${body}`)).size).toBe(1);
    expect(received[0]?.idempotencyKey).toMatch(/^[\w-]{36}$/);
  });

  test.each([
    ['an error of the service', failed(404, 'not_found'), 'error: About not_found. (not_found)\n'],
    ['a proxy in between', { status: 502, body: 'Bad Gateway' }, 'answers 502, and not as an Ask service does.'],
    ['a stranger', ok({ hello: 'world' }), 'answers as no Ask service does. Check ASK_API_URL.'],
  ])('%s is told in one sentence', async (_, answer, message) => {
    const run = await ask(['question', 'When?', '--json'], [answer]);
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) });
  });
});

describe('ask chat', () => {
  test('asks each line of the input in one session, and goes on after a failed answer', async () => {
    const lost = failed(502, 'provider_error', { session_id: SESSION });
    const run = await ask(['chat'], [lost, ok(RESULT), ok(NAMED), ok(RESULT)], 'First?\n\n  Second?\nThird?');
    expect(run.received.map(({ method, path, body }) => [method, path, body && JSON.parse(body)])).toEqual([
      ['POST', '/v1/ask/sessions', { scope: { type: 'library' }, initial_message: { content: 'First?' } }],
      ['POST', `/v1/ask/sessions/${SESSION}/messages`, { content: 'Second?' }],
      ['GET', `/v1/recordings/${RECORDING}`, ''],
      ['POST', `/v1/ask/sessions/${SESSION}/messages`, { content: 'Third?' }],
    ]);
    const answer = 'The launch moved to May 12 [Weekly 01:02] and stays there [Weekly 1:02:05].\n\n';
    expect(run).toMatchObject({ code: 1, stdout: answer + answer });
    expect(run.stderr).toContain('error: About provider_error. (provider_error)\n');
    expect(run.stderr).toContain(`Continue with: npx ask chat --session ${SESSION}\n`);
  });

  test('goes on in a session', async () => {
    const { code, received } = await ask(['chat', '--session', SESSION], [ok(RESULT), ok(NAMED)], 'More?\n');
    expect(code).toBe(0);
    expect(received[0]?.path).toBe(`/v1/ask/sessions/${SESSION}/messages`);
  });
});
