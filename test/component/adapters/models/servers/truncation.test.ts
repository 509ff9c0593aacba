import { PROVIDERS, type Provider } from '../../../../../src/domain/shared/provider.ts';
import { failureOf, modelsAt, patient, prompt } from '../support.ts';
import { startReplyServer } from './reply-server.ts';

/** An answer of a server that has counted this many tokens in the prompt. */
const COUNTED: Record<Provider, (tokens: number) => object> = {
  openai: (prompt_tokens) => ({
    choices: [{ message: { content: 'Blue.' }, finish_reason: 'stop' }],
    usage: { prompt_tokens, completion_tokens: 2 },
  }),
  claude: (tokens) => ({
    content: [{ type: 'text', text: 'Blue.' }],
    usage: { input_tokens: 96, cache_read_input_tokens: tokens - 96, output_tokens: 2 },
  }),
  gemini: (promptTokenCount) => ({
    candidates: [{ content: { parts: [{ text: 'Blue.' }] }, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount, candidatesTokenCount: 2 },
  }),
};

const long = { ...prompt, context: 'The launch moved to May. '.repeat(1_000) };

describe.each(PROVIDERS)('%s', (provider) => {
  const ask = async (counted: number) => {
    const server = await startReplyServer({ body: JSON.stringify(COUNTED[provider](counted)) });
    const call = modelsAt(server.url).get(provider).generate(long, patient());
    return call.finally(() => server.close());
  };

  test('a prompt that the server cut is no answer, and asking again would not help', async () => {
    const { details, message } = await failureOf(ask(4_096));
    expect(details).toEqual({ provider, reason: 'context_truncated', retryable: false });
    expect(message).toMatch(/_CONTEXT_TOKENS/);
  });

  test('a count that is somewhat low is marked, and the answer stands', async () => {
    expect((await ask(5_000)).tokens).toMatchObject({ input: 5_000, suspect: true });
  });

  test('a count that fits is not marked', async () => {
    expect((await ask(6_100)).tokens).not.toHaveProperty('suspect');
  });
});
