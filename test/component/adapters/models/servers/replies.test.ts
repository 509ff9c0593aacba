import { PROVIDERS, type Provider } from '../../../../../src/domain/shared/provider.ts';
import type { ModelReply } from '../../../../../src/ports/language-model.ts';
import { fixture, modelsAt, patient, prompt } from '../support.ts';
import { startReplyServer } from './reply-server.ts';

/** A saved reply as its adapter reads it. */
async function readFixture(provider: Provider, name: string): Promise<ModelReply> {
  const server = await startReplyServer({ body: JSON.stringify(fixture(provider, name)) });
  try {
    return await modelsAt(server.url).get(provider).generate(prompt, patient());
  } finally {
    server.close();
  }
}

/** `output` of Gemini counts its 20 tokens of thinking. */
const expected = {
  openai: { model: 'gpt-5.4-mini-2026-03-17', output: 14 },
  claude: { model: 'claude-sonnet-5-5', output: 14 },
  gemini: { model: 'gemini-3-flash', output: 34 },
};

describe.each(PROVIDERS)('a saved reply of %s', (provider) => {
  test('is read with its text, its model and its tokens, cached ones counted within the input', async () => {
    const { model, output } = expected[provider];
    expect(await readFixture(provider, 'success')).toEqual({
      text: 'The launch moved to May 12 [^k7x2m].',
      finishReason: 'stop',
      model,
      tokens: { input: 1811, output, cached: 1664 },
    });
  });

  test('that stopped at the length limit says so', async () => {
    expect(await readFixture(provider, 'length')).toMatchObject({
      text: 'The launch moved to',
      finishReason: 'length',
      tokens: { input: 1811, output: 4, cached: 0 },
    });
  });

  test('that a content filter cut keeps its text', async () => {
    expect(await readFixture(provider, 'content-filter')).toMatchObject({
      text: 'The launch moved',
      finishReason: 'content_filter',
    });
  });

  test('that refuses is a refusal', async () => {
    await expect(readFixture(provider, 'refusal')).rejects.toThrow(
      expect.objectContaining({ details: { provider, reason: 'refused', retryable: false } }),
    );
  });
});

test('an OpenAI-compatible server may count no tokens', async () => {
  expect(await readFixture('openai', 'uncounted')).toMatchObject({
    model: 'local-model',
    tokens: { input: 51, output: 15, cached: 0, estimated: true },
  });
});
