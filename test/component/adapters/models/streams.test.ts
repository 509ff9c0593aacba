import { AskError, type ProviderFailureReason } from '../../../../src/domain/shared/errors.ts';
import { PROVIDERS } from '../../../../src/domain/shared/provider.ts';
import type { Fault } from '../../../../src/local/sandbox-models/faults.ts';
import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import type { LanguageModel, LanguageModels } from '../../../../src/ports/language-model.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';
import {
  controlOf,
  errorBody,
  failureOf,
  fixture,
  modelsAt,
  patient,
  prompt,
  savedStream,
  streamed,
} from './support.ts';

let sandbox: Sandbox;
let models: LanguageModels;
beforeAll(async () => {
  sandbox = await startSandbox();
  models = modelsAt(sandbox.url);
});
afterAll(() => sandbox.close());
afterEach(() => controlOf(sandbox.url).clear());

type Behaviour = Omit<Fault, 'provider' | 'times'>;

describe.each(PROVIDERS)('%s', (provider) => {
  /** What a call came to, with a fault of its own and no prompt cache: its reply, or how it failed. */
  const outcomeOf = async (options: Parameters<LanguageModel['generate']>[1], fault: Behaviour) => {
    await controlOf(sandbox.url).clear();
    await controlOf(sandbox.url).fault({ ...fault, provider });
    return models
      .get(provider)
      .generate(prompt, options)
      .catch((error: unknown) => {
        if (error instanceof AskError) return { details: error.details, retryAfterMs: error.retryAfterMs };
        throw error;
      });
  };

  test('a streamed reply is the plain one, and its text comes in pieces', async () => {
    const { options, pieces } = streamed();
    const reply = await models.get(provider).generate(prompt, options);
    await controlOf(sandbox.url).clear();
    expect(reply).toEqual(await models.get(provider).generate(prompt, patient()));
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(reply.text);
  });

  test('a saved stream reads as the saved reply, its thinking left out', async () => {
    const { options, pieces } = streamed();
    const reply = await outcomeOf(options, { body: savedStream(provider).join('') });
    expect(reply).toEqual(await outcomeOf(patient(), { body: JSON.stringify(fixture(provider, 'success')) }));
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('')).toBe('The launch moved to May 12 [^k7x2m].');
    expect(pieces).not.toContain('');
  });

  test('tokens from the prompt cache are counted', async () => {
    await models.get(provider).generate({ ...prompt, rules: 'A rule. '.repeat(100) }, streamed().options);
    const again = await models.get(provider).generate({ ...prompt, rules: 'A rule. '.repeat(100) }, streamed().options);
    expect(again.tokens.cached).toBeGreaterThan(0);
  });

  test.each<[string, Behaviour]>([
    ['a stop at the length limit', { finish: 'length' }],
    ['a stop by the content filter', { finish: 'content_filter' }],
    ['a content filter without text', { empty: true, finish: 'content_filter' }],
    ['a refusal', { finish: 'refusal' }],
    ['an empty answer', { empty: true }],
    ['a 400', { status: 400 }],
    ['a 429 with Retry-After', { status: 429, headers: { 'retry-after': '7' } }],
    ['a 503', { status: 503 }],
    ['a dropped connection', { drop: true }],
    ['a body of another kind', { body: '<html>Hello.</html>' }],
    ['an empty body', { body: '' }],
  ])('%s comes to the same as in a plain call', async (_, fault) => {
    expect(await outcomeOf(streamed().options, fault)).toEqual(await outcomeOf(patient(), fault));
  });

  test.each<[string, ProviderFailureReason, Behaviour]>([
    ['a connection that breaks', 'connection', { truncate: true }],
    ['an event that is no JSON', 'malformed_reply', { malformed: true }],
  ])('in the middle of a stream, %s is %s, and may be tried again', async (_, reason, fault) => {
    const { options, pieces } = streamed();
    const failed = await outcomeOf(options, fault);
    expect(failed).toEqual({ details: { provider, reason, retryable: true }, retryAfterMs: undefined });
    expect(pieces).not.toEqual([]);
  });

  test.each([
    ['429', 'rate_limited'],
    ['500', 'server_error'],
    [provider === 'claude' ? '529' : '503', provider === 'openai' ? 'server_error' : 'overloaded'],
  ])('in the middle of a stream, the error of a %s is %s, and may be tried again', async (name, reason) => {
    const { options, pieces } = streamed();
    const body = errorBody(provider, name);
    const failed = await outcomeOf(options, { stream_error: Number(name), ...(body ? { body } : {}) });
    expect(failed).toMatchObject({ details: { provider, reason, retryable: true } });
    expect(pieces).not.toEqual([]);
  });

  test('a stall in the middle of a stream ends with the deadline of the attempt', async () => {
    const { options, pieces } = streamed();
    await controlOf(sandbox.url).fault({ provider, stall: true });
    const { details } = await failureOf(modelsAt(sandbox.url, 400).get(provider).generate(prompt, options));
    expect(details).toEqual({ provider, reason: 'timeout', retryable: true });
    expect(pieces).not.toEqual([]);
  });

  test('a stream that ends without a reason to stop is a broken connection', async () => {
    const cut = savedStream(provider).slice(0, -3);
    const failed = await outcomeOf(streamed().options, { body: cut.join('') });
    expect(failed).toMatchObject({ details: { provider, reason: 'connection', retryable: true } });
  });

  test('an event of another shape is a malformed reply', async () => {
    const name = provider === 'claude' ? 'event: content_block_delta\n' : '';
    const odd = `${name}data: {"type":"content_block_delta","ok":true}\n\n`;
    const failed = await outcomeOf(streamed().options, { body: savedStream(provider).toSpliced(4, 0, odd).join('') });
    expect(failed).toMatchObject({ details: { provider, reason: 'malformed_reply', retryable: true } });
  });

  test('no error repeats what was asked or said', async () => {
    await controlOf(sandbox.url).fault({ provider, malformed: true });
    const error = await failureOf(models.get(provider).generate(prompt, streamed().options));
    expect(error.cause).toBeUndefined();
    for (const secret of [prompt.question, 'May 12', sandbox.url]) expect(`${error.stack}`).not.toContain(secret);
  });
});
