import { PROVIDERS, type Provider } from '../../../../src/domain/shared/provider.ts';
import type { ProviderFailureReason } from '../../../../src/domain/shared/provider-failures.ts';
import type { Fault } from '../../../../src/local/sandbox-models/faults.ts';
import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import type { LanguageModels } from '../../../../src/ports/language-model.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';
import { controlOf, errorBody, failureOf, KEY, modelsAt, patient, prompt } from './support.ts';

/** A row of the failure table: what the provider does, and what the caller learns. */
interface Row {
  name: string;
  fault: Omit<Fault, 'provider' | 'times'>;
  /** The saved error body; without one the sandbox's own. */
  body?: string;
  reason: ProviderFailureReason;
  retryable: boolean;
  retryAfterMs?: number | Partial<Record<Provider, number>>;
}

const rows: Row[] = [
  { name: '400', fault: { status: 400 }, body: '400', reason: 'bad_request', retryable: false },
  { name: '401', fault: { status: 401 }, body: '401', reason: 'authentication', retryable: false },
  { name: '403', fault: { status: 403 }, body: '403', reason: 'permission', retryable: false },
  { name: '404', fault: { status: 404 }, body: '404', reason: 'model_not_found', retryable: false },
  { name: '408', fault: { status: 408 }, reason: 'timeout', retryable: true },
  { name: '409', fault: { status: 409 }, reason: 'overloaded', retryable: true },
  { name: '413', fault: { status: 413 }, reason: 'context_too_long', retryable: false },
  { name: '422', fault: { status: 422 }, reason: 'bad_request', retryable: false },
  {
    name: '429',
    fault: { status: 429 },
    body: '429',
    reason: 'rate_limited',
    retryable: true,
    // Its words ask for a wait.
    retryAfterMs: { openai: 216 },
  },
  {
    name: '429 with Retry-After in seconds',
    fault: { status: 429, headers: { 'retry-after': '7' } },
    body: '429',
    reason: 'rate_limited',
    retryable: true,
    retryAfterMs: 7000,
  },
  {
    name: '429 with retry-after-ms, which goes before Retry-After',
    fault: { status: 429, headers: { 'retry-after-ms': '216', 'retry-after': '1' } },
    body: '429',
    reason: 'rate_limited',
    retryable: true,
    retryAfterMs: 216,
  },
  { name: '500', fault: { status: 500 }, body: '500', reason: 'server_error', retryable: true },
  { name: '502', fault: { status: 502, body: '<html>Bad gateway</html>' }, reason: 'server_error', retryable: true },
  { name: '503', fault: { status: 503 }, body: '503', reason: 'overloaded', retryable: true },
  {
    name: '503 with Retry-After',
    fault: { status: 503, headers: { 'retry-after': '2' } },
    reason: 'overloaded',
    retryable: true,
    retryAfterMs: 2000,
  },
  { name: '504', fault: { status: 504 }, reason: 'timeout', retryable: true },
  { name: '529', fault: { status: 529 }, body: '529', reason: 'overloaded', retryable: true },
  {
    name: '500 with x-should-retry: false',
    fault: { status: 500, headers: { 'x-should-retry': 'false' } },
    reason: 'server_error',
    retryable: false,
  },
  {
    name: '400 with x-should-retry: true',
    fault: { status: 400, headers: { 'x-should-retry': 'true' } },
    reason: 'bad_request',
    retryable: true,
  },
  {
    name: 'a context that is too long',
    fault: { status: 400 },
    body: 'context_too_long',
    reason: 'context_too_long',
    retryable: false,
  },
  { name: 'a dropped connection', fault: { drop: true }, reason: 'connection', retryable: true },
  { name: 'a truncated body', fault: { truncate: true }, reason: 'connection', retryable: true },
  {
    name: 'a body cut in the middle of its JSON',
    fault: { body: '{"choices": [' },
    reason: 'malformed_reply',
    retryable: true,
  },
  { name: 'a web page', fault: { malformed: true }, reason: 'wrong_address', retryable: false },
  { name: 'JSON of another service', fault: { body: '{"ok": true}' }, reason: 'wrong_address', retryable: false },
  { name: 'an empty body', fault: { body: '' }, reason: 'malformed_reply', retryable: true },
  { name: 'an empty answer', fault: { empty: true }, reason: 'empty_reply', retryable: true },
  {
    name: 'an empty answer at the length limit',
    fault: { empty: true, finish: 'length' },
    reason: 'output_limit',
    retryable: false,
  },
  { name: 'a refusal', fault: { finish: 'refusal' }, reason: 'refused', retryable: false },
  {
    name: 'a content filter without text',
    fault: { empty: true, finish: 'content_filter' },
    reason: 'refused',
    retryable: false,
  },
];

const hangs: Row[] = [
  { name: 'no reply within the timeout', fault: { delay_ms: 2000 }, reason: 'timeout', retryable: true },
  { name: 'a body that stops half-way', fault: { stall: true }, reason: 'timeout', retryable: true },
];

let sandbox: Sandbox;
let models: LanguageModels;
let hasty: LanguageModels;
beforeAll(async () => {
  sandbox = await startSandbox();
  models = modelsAt(sandbox.url);
  hasty = modelsAt(sandbox.url, 400);
});
afterAll(() => sandbox.close());
afterEach(() => controlOf(sandbox.url).clear());

describe.each(PROVIDERS)('%s', (provider) => {
  const check = async (all: LanguageModels, { fault, body, reason, retryable, retryAfterMs }: Row) => {
    const saved = body && errorBody(provider, body);
    await controlOf(sandbox.url).fault({ ...fault, provider, ...(saved ? { body: saved } : {}) });
    const error = await failureOf(all.get(provider).generate(prompt, patient()));

    expect(error.kind).toBe('provider_error');
    expect(error.details).toEqual({
      provider,
      reason,
      retryable,
      ...(fault.status === undefined ? {} : { status: fault.status }),
    });
    expect(error.retryAfterMs).toBe(typeof retryAfterMs === 'object' ? retryAfterMs[provider] : retryAfterMs);
    expect((await controlOf(sandbox.url).requests()).counts[provider]).toBe(1);
    expectNoLeak(error, saved);
  };

  const expectNoLeak = (error: Error, saved: object | '' | undefined) => {
    expect(error.cause).toBeUndefined();
    const told = `${error.message} ${error.stack} ${JSON.stringify(error)}`;
    const texts = saved ? textsOf(saved) : [];
    for (const secret of [KEY, sandbox.url, prompt.question, prompt.context, 'A fault was asked for', ...texts]) {
      expect(told).not.toContain(secret);
    }
  };

  test.each(rows)('$name: $reason, retryable $retryable', (row) => check(models, row));
  test.each(hangs)('$name: $reason, retryable $retryable', (row) => check(hasty, row));

  test('429 with Retry-After as a date: the time until then', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    await controlOf(sandbox.url).fault({ provider, status: 429, headers: { 'retry-after': date } });
    const { retryAfterMs } = await failureOf(models.get(provider).generate(prompt, patient()));
    expect(retryAfterMs).toBeGreaterThan(3_000_000);
    expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
  });

  test('nobody listens: connection, retryable', async () => {
    const gone = await startSandbox();
    await gone.close();
    const error = await failureOf(modelsAt(gone.url).get(provider).generate(prompt, patient()));
    expect(error.details).toEqual({ provider, reason: 'connection', retryable: true });
    expectNoLeak(error, undefined);
  });

  test.each([['length'], ['content_filter']] as const)('a stop by %s keeps the text there is', async (finish) => {
    await controlOf(sandbox.url).fault({ provider, finish });
    const reply = await models.get(provider).generate(prompt, patient());
    expect(reply.finishReason).toBe(finish);
    expect(reply.text).not.toBe('');
  });
});

/** The sentences in a saved error: what a provider says in words. */
function textsOf(body: object): string[] {
  return Object.values(body).flatMap((value) => {
    if (typeof value === 'string') return value.includes(' ') ? [value] : [];
    return typeof value === 'object' && value !== null ? textsOf(value) : [];
  });
}
