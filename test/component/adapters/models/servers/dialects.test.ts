import type { OpenAiCompat } from '../../../../../src/adapters/models/lib/model-settings.ts';
import { createLanguageModels, type ModelsConfig } from '../../../../../src/adapters/models/registry.ts';
import { failureOf, KEY, patient, prompt, streamed } from '../support.ts';
import { type SentReply, startReplyServer } from './reply-server.ts';

const ANSWER = { body: JSON.stringify({ choices: [{ message: { content: 'Blue.' }, finish_reason: 'stop' }] }) };

const refuses = (status: number, message: unknown): SentReply => ({
  status,
  body: JSON.stringify({ error: { message } }),
});

/** A model at a server of these replies, the last of which is repeated. */
async function serverOf(replies: SentReply[], settings: Partial<ModelsConfig> = {}) {
  const server = await startReplyServer(...replies);
  const models = createLanguageModels({ OPENAI_BASE_URL: server.url, LLM_TIMEOUT_MS: 10_000, ...settings });
  return { ...server, model: models.get('openai') };
}

const NO_EXTRAS = refuses(422, {
  detail: [{ type: 'extra_forbidden', loc: ['body', 'max_completion_tokens'], input: 500 }],
});
const OLD_LIMIT = refuses(
  400,
  "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
);
const NO_STREAM_OPTIONS = refuses(400, 'Unrecognized request argument supplied: stream_options');
const NO_SYSTEM_ROLE = refuses(500, 'Jinja Exception: System role not supported');

describe('what a server refuses is learned, once', () => {
  test('the name of the output limit', async () => {
    const { model, requests, close } = await serverOf([NO_EXTRAS, ANSWER]);
    await model.generate(prompt, patient());
    await model.generate(prompt, patient());
    close();
    expect(requests.map(({ body }) => [body.max_completion_tokens, body.max_tokens])).toEqual([
      [500, undefined],
      [undefined, 500],
      [undefined, 500],
    ]);
  });

  test('stream_options', async () => {
    const { model, requests, close } = await serverOf([NO_STREAM_OPTIONS, ANSWER]);
    await model.generate(prompt, streamed().options);
    await model.generate(prompt, streamed().options);
    close();
    const sent = requests.map(({ body }) => body.stream_options);
    expect(sent).toEqual([{ include_usage: true }, undefined, undefined]);
    expect(requests.map(({ body }) => body.stream)).toEqual([true, true, true]);
  });

  test('a role for the rules, which stand in the first question then', async () => {
    const { model, requests, close } = await serverOf([NO_SYSTEM_ROLE, ANSWER]);
    await model.generate(prompt, patient());
    close();
    const content = expect.stringMatching(/^You answer questions[\s\S]*Who is there\?$/);
    expect(requests.at(-1)?.body.messages).toEqual(expect.arrayContaining([{ role: 'user', content }]));
    expect(JSON.stringify(requests.at(-1)?.body)).not.toContain('"system"');
  });

  test('a stream, where an organization may have none', async () => {
    const unverified = refuses(400, 'Your organization must be verified to stream this model.');
    const { model, requests, close } = await serverOf([unverified, ANSWER]);
    const { options, pieces } = streamed();
    await model.generate(prompt, options);
    close();
    expect(requests.map(({ body }) => [body.stream, body.stream_options])).toEqual([
      [true, { include_usage: true }],
      [undefined, undefined],
    ]);
    expect(pieces).toEqual(['Blue.']);
  });

  test.each([
    'This model only support stream mode, please enable the stream parameter to access the model.',
    'parameter.enable_thinking must be set to false for non-streaming calls',
  ])('that a model answers in streams alone: %s', async (words) => {
    const { model, requests, close } = await serverOf([refuses(400, words), ANSWER]);
    expect((await model.generate(prompt, patient())).text).toBe('Blue.');
    close();
    expect(requests.map(({ body }) => body.stream)).toEqual([undefined, true]);
  });

  test.each([
    'This model does not support streaming.',
    "'stream' must be set to false",
    'For the model asked streaming is not supported.',
  ])('that a model never streams: %s', async (words) => {
    const { model, requests, close } = await serverOf([refuses(400, words), ANSWER]);
    expect((await model.generate(prompt, streamed().options)).text).toBe('Blue.');
    close();
    expect(requests.map(({ body }) => body.stream)).toEqual([true, undefined]);
  });

  test.each([
    [400, 'Conversation roles must alternate user/assistant/user/assistant/...'],
    [422, "messages.0.role: 'system' is not one of ['user', 'assistant']"],
    [400, 'Unexpected role system at position 0'],
    [400, 'The model `asked` fails: the role system is not supported'],
  ])('that a template has no place for rules: %s %s', async (status, words) => {
    const { model, requests, close } = await serverOf([refuses(status, words), ANSWER]);
    await model.generate(prompt, patient());
    close();
    expect(JSON.stringify(requests.at(-1)?.body)).not.toContain('"system"');
  });

  test.each([
    "Additional properties are not allowed ('max_completion_tokens' was unexpected)",
    'Unrecognized request argument supplied: max_completion_tokens',
    'property max_completion_tokens is not supported',
  ])('the name of the output limit: %s', async (words) => {
    const { model, requests, close } = await serverOf([refuses(400, words), ANSWER]);
    await model.generate(prompt, patient());
    close();
    expect(requests.at(-1)?.body).toMatchObject({ max_tokens: 500 });
  });

  test('several things at once', async () => {
    const { model, requests, close } = await serverOf([NO_EXTRAS, NO_STREAM_OPTIONS, NO_SYSTEM_ROLE, ANSWER]);
    expect((await model.generate(prompt, streamed().options)).text).toBe('Blue.');
    close();
    expect(requests).toHaveLength(4);
  });

  test('a server that refuses everything fails, and is asked no more than each way once', async () => {
    const { model, requests, close } = await serverOf([NO_EXTRAS, OLD_LIMIT]);
    expect((await failureOf(model.generate(prompt, patient()))).details).toMatchObject({ reason: 'bad_request' });
    close();
    expect(requests).toHaveLength(2);
  });
});

describe('what a server of Anthropic’s protocol refuses is learned, once', () => {
  const answer = { body: JSON.stringify({ type: 'message', content: [{ type: 'text', text: 'Blue.' }] }) };
  const NO_CACHE = refuses(400, 'messages.1.content.0.cache_control: Extra inputs are not permitted');
  const NO_BLOCKS = refuses(422, [{ loc: ['body', 'system'], msg: 'Input should be a valid string' }]);
  const texts = (body: Record<string, unknown> | undefined) => JSON.stringify([body?.system, body?.messages]);

  const asked = async (...replies: SentReply[]) => {
    const server = await startReplyServer(...replies, answer);
    const models = createLanguageModels({ ANTHROPIC_BASE_URL: server.url, LLM_TIMEOUT_MS: 10_000 });
    for (const _ of [1, 2]) await models.get('claude').generate(prompt, patient());
    server.close();
    return server.requests.map(({ body }) => body);
  };

  test('cache_control', async () => {
    const [first, ...others] = await asked(NO_CACHE);
    expect(texts(first)).toContain('cache_control');
    expect(others).toHaveLength(2);
    for (const body of others) {
      expect(texts(body)).not.toContain('cache_control');
      expect(texts(body)).toContain('{"type":"text"');
    }
  });

  test('texts as lists of blocks', async () => {
    const [, , second, third] = await asked(NO_CACHE, NO_BLOCKS);
    for (const body of [second, third]) {
      expect(body?.system).toBe(`${prompt.rules}\n\n${prompt.context}`);
      expect(texts(body)).not.toContain('"type"');
    }
  });
});

test.each([
  'Developer instruction is not enabled for models/gemma-3-27b-it',
  'Invalid JSON payload received. Unknown name "systemInstruction": Cannot find field.',
])('Gemma’s refusal of a system instruction is learned, once: %s', async (words) => {
  const reply = { candidates: [{ content: { parts: [{ text: 'Blue.' }] }, finishReason: 'STOP' }] };
  const refusal = refuses(400, words);
  const server = await startReplyServer(refusal, { body: JSON.stringify(reply) });
  const models = createLanguageModels({ GEMINI_BASE_URL: server.url, LLM_TIMEOUT_MS: 10_000 });
  for (const _ of [1, 2]) await models.get('gemini').generate(prompt, patient());
  server.close();
  expect(server.requests.map(({ body }) => 'systemInstruction' in body)).toEqual([true, false, false]);
  expect(server.requests.at(-1)?.body.contents).toEqual(
    expect.arrayContaining([
      { role: 'user', parts: [{ text: expect.stringMatching(/^You answer questions[\s\S]*Who is there\?$/) }] },
    ]),
  );
});

test.each<[OpenAiCompat, object]>([
  ['max_tokens', { max_tokens: 500 }],
  ['developer_role', { messages: expect.arrayContaining([expect.objectContaining({ role: 'developer' })]) }],
  ['max_completion_tokens', { max_completion_tokens: 500 }],
])('OPENAI_COMPAT=%s is taken at its word', async (compat, expected) => {
  const { model, requests, close } = await serverOf([ANSWER], { OPENAI_COMPAT: [compat] });
  await model.generate(prompt, patient());
  close();
  expect(requests[0]?.body).toMatchObject(expected);
});

describe('gateways', () => {
  const gateway = async (path: string, settings: Partial<ModelsConfig>) => {
    const server = await startReplyServer(ANSWER);
    const OPENAI_BASE_URL = `${server.url}${path}`;
    const models = createLanguageModels({ OPENAI_BASE_URL, LLM_TIMEOUT_MS: 10_000, ...settings });
    await models.get('openai').generate(prompt, patient());
    server.close();
    return server.requests[0];
  };

  test('Azure: the deployment, its api-version and its key', async () => {
    const seen = await gateway('/openai/deployments/gpt/?api-version=2024-10-21', { OPENAI_API_KEY: KEY });
    expect(seen?.path).toBe('/openai/deployments/gpt/chat/completions?api-version=2024-10-21');
    expect(seen?.headers).toMatchObject({ 'api-key': KEY });
    expect(seen?.headers.authorization).toBeUndefined();
  });

  test('headers of one’s own', async () => {
    const seen = await gateway('/v1', { OPENAI_API_KEY: KEY, OPENAI_HEADERS: { 'x-team': 'blue' } });
    expect(seen?.headers).toMatchObject({ 'x-team': 'blue', authorization: `Bearer ${KEY}` });
  });

  test('a key in a header of one’s own', async () => {
    const seen = await gateway('/v1', { OPENAI_HEADERS: { Authorization: 'Basic abc' } });
    expect(seen?.headers).toMatchObject({ authorization: 'Basic abc' });
  });
});

test('the log has the words of the server, without the key and the prompt', async () => {
  const server = await startReplyServer(
    refuses(400, `Bad value near "${prompt.question}" and "${prompt.context}", key ${KEY}`),
  );
  const log: unknown[] = [];
  const settings = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY, OPENAI_MODEL: 'm', LLM_TIMEOUT_MS: 10_000 };
  const model = createLanguageModels(settings, { log: (entry) => log.push(entry) }).get('openai');
  const error = await failureOf(model.generate(prompt, patient()));
  server.close();
  expect(log).toEqual([
    {
      provider: 'openai',
      model: 'm',
      reason: 'bad_request',
      status: 400,
      said: 'Bad value near "[prompt]" and "[prompt]", key [key]',
    },
  ]);
  expect(error.message).not.toContain('Bad value');
});
