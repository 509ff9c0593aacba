import { fromAnthropicReply } from '../../../../src/adapters/models/anthropic/reply.ts';
import { fromGeminiReply } from '../../../../src/adapters/models/gemini/reply.ts';
import { fromOpenAiReply } from '../../../../src/adapters/models/openai/reply.ts';
import { PROVIDERS, type Provider } from '../../../../src/domain/shared/provider.ts';
import type { ModelReply } from '../../../../src/ports/language-model.ts';
import { fixture } from './support.ts';

const read: Record<Provider, (body: unknown) => ModelReply> = {
  openai: fromOpenAiReply,
  claude: fromAnthropicReply,
  gemini: (body) => fromGeminiReply(body, 'asked'),
};

/** `output` of Gemini counts its 20 tokens of thinking. */
const expected = {
  openai: { model: 'gpt-5.4-mini-2026-03-17', output: 14 },
  claude: { model: 'claude-sonnet-5-5', output: 14 },
  gemini: { model: 'gemini-3-flash', output: 34 },
};

describe.each(PROVIDERS)('a saved reply of %s', (provider) => {
  test('is read with its text, its model and its tokens, cached ones counted within the input', () => {
    const { model, output } = expected[provider];
    expect(read[provider](fixture(provider, 'success'))).toEqual({
      text: 'The launch moved to May 12 [^k7x2m].',
      finishReason: 'stop',
      model,
      tokens: { input: 1811, output, cached: 1664 },
    });
  });

  test('that stopped at the length limit says so', () => {
    expect(read[provider](fixture(provider, 'length'))).toMatchObject({
      text: 'The launch moved to',
      finishReason: 'length',
      tokens: { input: 1811, output: 4, cached: 0 },
    });
  });

  test('that a content filter cut keeps its text', () => {
    expect(read[provider](fixture(provider, 'content-filter'))).toMatchObject({
      text: 'The launch moved',
      finishReason: 'content_filter',
    });
  });

  test('that refuses is a refusal', () => {
    expect(() => read[provider](fixture(provider, 'refusal'))).toThrow(
      expect.objectContaining({ details: { provider, reason: 'refused', retryable: false } }),
    );
  });
});

test('an OpenAI-compatible server may count no tokens', () => {
  expect(fromOpenAiReply(fixture('openai', 'uncounted'))).toMatchObject({
    model: 'local-model',
    tokens: { input: 0, output: 0, cached: 0 },
  });
});
