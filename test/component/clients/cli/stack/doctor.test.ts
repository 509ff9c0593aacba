import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../../../../src/local/sandbox-models/server.ts';
import { runAsk } from '../../../../support/run-ask.ts';
import { startSandbox } from '../../../../support/start-sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const diagnose = async (settings: Record<string, string>) => {
  const { code, stdout } = await runAsk(['doctor', '--json'], settings);
  return { code, findings: JSON.parse(stdout).findings };
};
const finding = (name: string, fields: object) => expect.objectContaining({ name, ...fields });

test('doctor asks each configured model', async () => {
  const { code, findings } = await diagnose({
    OPENAI_BASE_URL: `${sandbox.url}/openai/v1`,
    OPENAI_CONTEXT_TOKENS: '8000',
  });
  const detail = 'sandbox answers, streams, counts tokens, context window 8000';
  expect(code).toBe(0);
  expect(findings).toContainEqual(finding('openai', { state: 'fine', detail, remedy: null }));
});

test('doctor says what to do about a model that does not answer, and about Pinecone', async () => {
  const { code, findings } = await diagnose({
    ANTHROPIC_BASE_URL: `${sandbox.url}/nothing-here`,
    PINECONE_API_KEY: 'pc-key',
    PINECONE_INDEX_HOST: 'http://127.0.0.1:9',
    PINECONE_SPARSE_INDEX_HOST: 'http://127.0.0.1:9',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
  });
  const wrong = (name: string, setting: string) =>
    finding(name, { state: 'wrong', remedy: expect.stringContaining(setting) });
  expect(code).toBe(1);
  expect(findings).toContainEqual(wrong('claude', 'ANTHROPIC_BASE_URL'));
  expect(findings).toContainEqual(wrong('Pinecone', 'PINECONE_INDEX_HOST'));
  expect(findings).toContainEqual(wrong('Temporal', 'TEMPORAL_ADDRESS'));
});

describe('doctor compares the context window of the server', () => {
  const ANSWER = { model: 'm', choices: [{ message: { content: 'Blue.' }, finish_reason: 'stop' }] };

  /** The finding about a server that answers, and tells this window. */
  const findingOf = async (n_ctx: number, settings: Record<string, string>) => {
    const props = { default_generation_settings: { n_ctx } };
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end(JSON.stringify(request.url === '/props' ? props : ANSWER)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { findings } = await diagnose({
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OPENAI_MODEL: 'm',
      ...settings,
    });
    server.closeAllConnections();
    server.close();
    return findings.find(({ name }: { name: string }) => name === 'openai');
  };

  test.each<[number, Record<string, string>, string, string | null]>([
    [8_192, {}, 'wrong', 'OPENAI_CONTEXT_TOKENS=8192'],
    [4_096, {}, 'wrong', '6000 tokens or more'],
    [200_000, {}, 'note', 'OPENAI_CONTEXT_TOKENS=200000'],
    [200_000, { OPENAI_CONTEXT_TOKENS: '32000' }, 'fine', null],
    [32_000, { OPENAI_CONTEXT_TOKENS: '32000' }, 'fine', null],
  ])('%i tokens, with %j: %s', async (has, settings, state, remedy) => {
    const found = await findingOf(has, settings);
    expect(found).toMatchObject({ state, remedy: remedy === null ? null : expect.stringContaining(remedy) });
  });
});

test('doctor says of a model that is slow that it answers', async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.write('data: {"choices":[{"delta":{"content":"Blue"}}]}\n\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { findings } = await diagnose({
    OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    OPENAI_MODEL: 'm',
    LLM_TIMEOUT_MS: '1000',
  });
  server.closeAllConnections();
  server.close();
  const detail = 'm answers and streams, slowly, context window 128000';
  expect(findings).toContainEqual(finding('openai', { state: 'fine', detail }));
});
