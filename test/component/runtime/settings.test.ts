import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assertDefaultProvider, ConfigError, loadConfig } from '../../../src/runtime/config.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MONGODB_URI = 'mongodb://127.0.0.1:9/ask';

/** What a role says on stderr before it ends because of its settings. */
async function complaintOf(role: string, settings: Record<string, string>): Promise<string> {
  const run = promisify(execFile)(process.execPath, [join(ROOT, 'src/roles', role)], {
    env: { ...settings, PATH: process.env.PATH ?? '' },
    cwd: tmpdir(),
    timeout: 20_000,
  });
  const failure: { code?: unknown; stderr?: unknown } = await run.then(
    () => ({}),
    (error: unknown) => error as object,
  );
  expect(failure.code).toBe(1);
  return String(failure.stderr);
}

test.each([
  ['OPENAI_BASE_URL', 'localhost:11434/v1', 'must be an address such as http://localhost:11434/v1'],
  ['OPENAI_CONTEXT_TOKENS', '4096', 'must be 6000 or more'],
  ['OPENAI_HEADERS', 'x-team: blue', 'must be JSON'],
  ['PINECONE_API_KEY', 'pc-key', 'PINECONE_INDEX_HOST: is not set (nor is PINECONE_SPARSE_INDEX_HOST); set all of'],
  ['EMBEDDINGS_MODEL', 'nomic', 'EMBEDDINGS_MODEL: means nothing without EMBEDDINGS_BASE_URL'],
  ['EMBEDDINGS_BASE_URL', 'http://localhost:11434/v1', 'EMBEDDINGS_MODEL: is not set; name a model of that server'],
  ['OPENAI_COMPAT', 'system_role,max_token', 'OPENAI_COMPAT: takes max_tokens, max_completion_tokens'],
  ['DEFAULT_PROVIDER', 'mistral', 'DEFAULT_PROVIDER: takes gemini, openai, claude'],
  ['PORT', 'http', 'PORT: must be a whole number'],
  ['LLM_TIMEOUT_MS', '0', 'LLM_TIMEOUT_MS: must be more than 0'],
])('%s=%s stops a role with one line, and no stack trace', async (name, value, reason) => {
  const said = await complaintOf('api.ts', { MONGODB_URI, [name]: value });
  expect(said).toContain(reason);
  expect(said.trim()).toMatch(/^error: [A-Z_]+: .*$/);
});

test('a database that does not answer stops a role with one line, and no stack trace', async () => {
  const said = await complaintOf('api.ts', { MONGODB_URI });
  expect(said).toMatch(/^error: .*MONGODB_URI.*\n$/);
});

test('a default provider without a key cannot work, unless the sandbox answers for all', () => {
  const config = { ...loadConfig({}), DEFAULT_PROVIDER: 'claude' as const };
  expect(() => assertDefaultProvider({ ...config, OPENAI_API_KEY: 'key' })).toThrow(ConfigError);
  expect(() => assertDefaultProvider({ ...config, OPENAI_API_KEY: 'key' })).toThrow(
    /ANTHROPIC_API_KEY .* or name openai/,
  );
  assertDefaultProvider({ ...config, ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' });
  assertDefaultProvider(config);
});

test('a file .env is read, and does not replace what the environment sets', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'env-'));
  try {
    await writeFile(join(dir, '.env'), 'OPENAI_MODEL=from-the-file\nOPENAI_API_KEY=from-the-file\n');
    const script = `import { loadConfig } from ${JSON.stringify(join(ROOT, 'src/runtime/config.ts'))};
      const { OPENAI_MODEL, OPENAI_API_KEY } = loadConfig();
      process.stdout.write(OPENAI_MODEL + ' ' + OPENAI_API_KEY);`;
    const env = { PATH: process.env.PATH ?? '', OPENAI_API_KEY: 'from-outside' };
    const args = ['--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: dir, env });
    expect(stdout).toBe('from-the-file from-outside');
  } finally {
    await rm(dir, { recursive: true });
  }
});
