import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import type { LanguageModel } from '../../../../src/ports/language-model.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';
import { controlOf, errorBody, failureOf, modelsAt, patient, prompt } from './support.ts';

/** What Gemini says in an error's `details`, where others use statuses and headers. */
let sandbox: Sandbox;
let model: LanguageModel;
beforeAll(async () => {
  sandbox = await startSandbox();
  model = modelsAt(sandbox.url).get('gemini');
});
afterAll(() => sandbox.close());

async function failureWith(status: number, name: string, headers: Record<string, string> = {}) {
  await controlOf(sandbox.url).fault({ provider: 'gemini', status, headers, body: errorBody('gemini', name) });
  return failureOf(model.generate(prompt, patient()));
}

test('a bad key, which is a 400, is an authentication failure', async () => {
  const error = await failureWith(400, 'bad_key');
  expect(error.details).toMatchObject({ reason: 'authentication', retryable: false });
});

test('the delay of a RetryInfo is obeyed', async () => {
  expect((await failureWith(429, 'quota_with_delay')).retryAfterMs).toBe(17_250);
});

test('a Retry-After header goes before the RetryInfo', async () => {
  expect((await failureWith(429, 'quota_with_delay', { 'retry-after': '3' })).retryAfterMs).toBe(3000);
});

test('calls at the same time read their own headers', async () => {
  const control = controlOf(sandbox.url);
  for (const seconds of [1, 2, 3, 4, 5]) {
    await control.fault({ provider: 'gemini', status: 429, headers: { 'retry-after': `${seconds}` } });
  }
  const calls = Array.from({ length: 5 }, () => failureOf(model.generate(prompt, patient())));
  const waits = (await Promise.all(calls)).map(({ retryAfterMs }) => retryAfterMs ?? 0);
  expect(waits.toSorted()).toEqual([1000, 2000, 3000, 4000, 5000]);
});
