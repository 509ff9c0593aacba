import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import { runAsk } from '../../../support/run-ask.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';

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
