import { LiveAnswer } from '../../../../../src/clients/cli/ask/live-answer.ts';
import { ApiError } from '../../../../../src/clients/sdk/api-error.ts';
import { createCheckedClient } from '../../../../../src/clients/sdk/checked-client.ts';
import { MOMENTS, RESULT, SESSION, TURN } from '../answers.ts';
import { type Scripted, scriptedApi } from '../scripted-api.ts';

/** The stream of RESULT, event by event. */
const STORY: [string, object][] = [
  ['turn.started', { session_id: SESSION, turn_id: TURN }],
  ['sources', { sources: [] }],
  ['delta', { text: 'The launch moved' }],
  ['delta', { text: ' to May 12 ' }],
  ['citation', { text: '[1]', ...MOMENTS[0] }],
  ['delta', { text: ' and stays there ' }],
  ['citation', { text: '[2]', ...MOMENTS[1] }],
  ['delta', { text: '.' }],
  ['turn.completed', RESULT],
];
const SHOWN = 'The launch moved to May 12 [1] and stays there [2].\n';
const CITED = '\n[1] Weekly 01:02\n[2] Weekly 1:02:05\n';

/** These events as they go over the wire, those before `from` left out. */
const wire = (story: [string, object][], from = 1): string =>
  story
    .map(([name, data], i) => `id: ${i + 1}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
    .slice(from - 1)
    .join(': still on it\n\n');

/** Asks in a session of a service that answers so. */
async function ask(...answers: Scripted[]) {
  const { url, received, close } = await scriptedApi(answers);
  let shown = '';
  const write = (text: string) => {
    shown += text;
  };
  const live = new LiveAnswer({ push: write, write, finish: () => write('\n') });
  try {
    const outcome = await createCheckedClient({ url, key: 'sk_test_x' })
      .sendMessage(SESSION, { content: 'When?' }, 'one-key', live.show)
      .catch((error: unknown) => error);
    live.end();
    await live.showCited(async () => 'Weekly');
    return { outcome, shown, received };
  } finally {
    close();
  }
}

const EVENTS = `/v1/ask/sessions/${SESSION}/turns/${TURN}/events`;

test('the answer is shown as it comes, and the end is the ask result', async () => {
  const { outcome, shown, received } = await ask({ events: wire(STORY) });
  expect(outcome).toEqual(RESULT);
  expect(shown).toBe(SHOWN + CITED);
  expect(received).toEqual([
    expect.objectContaining({
      path: `/v1/ask/sessions/${SESSION}/messages`,
      accept: 'text/event-stream',
      idempotencyKey: 'one-key',
    }),
  ]);
});

test.each([
  ['breaks', true],
  ['ends too soon', false],
])('a stream that %s in mid-answer is resumed after its last event', async (_, breaks) => {
  const { outcome, shown, received } = await ask(
    { events: wire(STORY.slice(0, 4)), breaks },
    { events: wire(STORY.slice(0, 6), 5), breaks },
    { events: wire(STORY, 7) },
  );
  expect(outcome).toEqual(RESULT);
  expect(shown).toBe(SHOWN + CITED);
  expect(received.map(({ method, path, lastEventId }) => [method, path, lastEventId])).toEqual([
    ['POST', `/v1/ask/sessions/${SESSION}/messages`, undefined],
    ['GET', EVENTS, '4'],
    ['GET', EVENTS, '6'],
  ]);
});

test('half an event is not taken for one', async () => {
  const half = wire(STORY.slice(0, 4)).slice(0, -12);
  const { shown, received } = await ask({ events: half, breaks: true }, { events: wire(STORY, 4) });
  expect(received[1]?.lastEventId).toBe('3');
  expect(shown).toBe(SHOWN + CITED);
});

test('a stream that breaks before its turn is known is asked for again with the same Idempotency-Key', async () => {
  const { outcome, received } = await ask({ events: '', breaks: true }, { events: wire(STORY) });
  expect(outcome).toEqual(RESULT);
  expect(received.map(({ method, idempotencyKey }) => [method, idempotencyKey])).toEqual([
    ['POST', 'one-key'],
    ['POST', 'one-key'],
  ]);
});

test('an answer that begins anew says so on a line of its own', async () => {
  const anew: [string, object] = ['turn.restarted', { attempt: 2 }];
  const { outcome, shown } = await ask({ events: wire([...STORY.slice(0, 5), anew, ...STORY.slice(2)]) });
  expect(outcome).toEqual(RESULT);
  expect(shown).toBe(`The launch moved to May 12 [1]\n(The model began the answer anew.)\n${SHOWN}${CITED}`);
});

test('a turn that fails in mid-answer ends the line and throws its error', async () => {
  const error = { code: 'provider_error', message: 'No answer.', details: { session_id: SESSION } };
  const { outcome, shown } = await ask({ events: wire([...STORY.slice(0, 3), ['turn.failed', { error }]]) });
  expect(outcome).toBeInstanceOf(ApiError);
  expect(outcome).toMatchObject({ message: 'No answer. (provider_error)', details: { session_id: SESSION } });
  expect(shown).toBe('The launch moved\n');
});

test('an error before the stream begins is that of the response', async () => {
  const { outcome, shown } = await ask({ status: 404, body: { error: { code: 'not_found', message: 'No session.' } } });
  expect(outcome).toMatchObject({ code: 'not_found' });
  expect(shown).toBe('');
});

test('the turn itself is read when its events are kept no longer', async () => {
  const [created_at, completed_at] = [RESULT.message.created_at, RESULT.message.created_at];
  const place = { turn_id: TURN, session_id: SESSION, message_id: RESULT.message.id };
  const turn = { ...place, status: 'completed', attempt: 1, result: RESULT, error: null, created_at, completed_at };
  const { outcome, received } = await ask(
    { events: wire(STORY.slice(0, 3)), breaks: true },
    { status: 410, body: { error: { code: 'gone', message: 'The stream is over.' } } },
    { status: 200, body: turn },
  );
  expect(outcome).toEqual(RESULT);
  expect(received.at(-1)?.path).toBe(`/v1/ask/sessions/${SESSION}/turns/${TURN}`);
});

test('a busy service is asked for the rest again', async () => {
  const busy = { error: { code: 'unavailable', message: 'Soon.' } };
  const { outcome } = await ask(
    { events: wire(STORY.slice(0, 3)), breaks: true },
    { status: 503, headers: { 'Retry-After': '0.01' }, body: busy },
    { events: wire(STORY, 4) },
  );
  expect(outcome).toEqual(RESULT);
});

test('events of other names are left out', async () => {
  const { outcome, shown } = await ask({
    events: wire([...STORY.slice(0, 3), ['news', { of: 1 }], ...STORY.slice(3)]),
  });
  expect(outcome).toEqual(RESULT);
  expect(shown).toBe(SHOWN + CITED);
});

test.each<[string, Scripted]>([
  ['no event stream', { status: 200, body: RESULT }],
  ['an event that is no JSON', { events: 'id: 1\nevent: delta\ndata: {"te\n\n' }],
  ['an event of another shape', { events: wire([['delta', { words: 'The' }]]) }],
])('%s is told as a stranger, and not asked again', async (_, answer) => {
  const { outcome, received } = await ask(answer);
  expect(outcome).toMatchObject({ message: expect.stringContaining('answers as no Ask service does.') });
  expect(received).toHaveLength(1);
});
