import { createLanguageModels } from '../../../../src/adapters/models/registry.ts';
import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import { ConfigError } from '../../../../src/runtime/config.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';
import { controlOf, patient, prompt } from './support.ts';

const LLM_TIMEOUT_MS = 20_000;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

describe('which providers are configured', () => {
  test('a key or an address makes one', () => {
    const models = createLanguageModels({
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
      ANTHROPIC_API_KEY: 'key',
      LLM_TIMEOUT_MS,
    });
    expect(models.configured).toEqual(['openai', 'claude']);
    expect(models.default).toBe('openai');
  });

  test('the sandbox stands in for all of them where none is', () => {
    const models = createLanguageModels({ SANDBOX_URL: sandbox.url, LLM_TIMEOUT_MS });
    expect(models.configured).toEqual(['gemini', 'openai', 'claude']);
  });

  test('the sandbox stands in for none where one is', () => {
    const models = createLanguageModels({ SANDBOX_URL: sandbox.url, GEMINI_API_KEY: 'key', LLM_TIMEOUT_MS });
    expect(models.configured).toEqual(['gemini']);
    expect(() => models.get('openai')).toThrow(
      expect.objectContaining({ details: { provider: 'openai', reason: 'not_configured', retryable: false } }),
    );
  });

  test('none at all stops the process with a reason', () => {
    expect(() => createLanguageModels({ LLM_TIMEOUT_MS })).toThrow(ConfigError);
  });
});

describe('the default provider', () => {
  test('is the one that the settings name, and comes first among the configured', () => {
    const models = createLanguageModels({ SANDBOX_URL: sandbox.url, DEFAULT_PROVIDER: 'claude', LLM_TIMEOUT_MS });
    expect(models.default).toBe('claude');
    expect(models.configured).toEqual(['claude', 'gemini', 'openai']);
  });

  test('that is not configured stops the process with its name and what to set', () => {
    const settings = { OPENAI_API_KEY: 'key', DEFAULT_PROVIDER: 'claude', LLM_TIMEOUT_MS } as const;
    expect(() => createLanguageModels(settings)).toThrow(/DEFAULT_PROVIDER: claude .* ANTHROPIC_API_KEY/);
  });
});

test('the sandbox answers as the model `sandbox`, whatever the slash at the end of its address', async () => {
  const models = createLanguageModels({ SANDBOX_URL: `${sandbox.url}/`, LLM_TIMEOUT_MS });
  for (const provider of models.configured) {
    expect((await models.get(provider).generate(prompt, patient())).model).toBe('sandbox');
  }
  expect((await controlOf(sandbox.url).requests()).counts).toEqual({ gemini: 1, openai: 1, claude: 1 });
});
