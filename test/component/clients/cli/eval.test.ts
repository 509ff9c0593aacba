import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import { type Run, runAsk, temporaryDirectory } from '../../../support/run-ask.ts';
import { orderFault } from '../../../support/sandbox.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';
import { NAMED, RECORDING, RESULT, SESSION } from './answers.ts';
import { type Received, type Scripted, scriptedApi } from './scripted-api.ts';

const directory = temporaryDirectory();
let judge: Sandbox;
beforeAll(async () => {
  judge = await startSandbox();
});
afterAll(() => judge.close());

const ok = (body: unknown): Scripted => ({ status: 200, body });
const answering = (sandbox: boolean) =>
  ok({ data: [{ provider: 'openai', model: 'm', default: true, sandbox, context_tokens: 128_000 }], search: null });
const RECORDINGS = ok({ data: [NAMED], has_more: false, next_cursor: null });
const refusal = {
  ...RESULT,
  message: {
    ...RESULT.message,
    content: 'Nobody says so.',
    parts: [{ type: 'text', text: 'Nobody says so.' }],
    grounding: { status: 'not_found', method: 'look-up/3', unsupported: [] },
  },
};
const failed: Scripted = {
  status: 502,
  body: { error: { code: 'provider_error', message: 'The model failed.', details: { session_id: SESSION } } },
};

/** A set with a question, a follow-up, and one without an answer. */
const SET = join(directory, 'set.json');
writeFileSync(
  SET,
  JSON.stringify({
    name: 'Weekly',
    questions: [
      {
        id: 'launch',
        question: 'When is the launch?',
        expected: 'On May 12.',
        moments: [{ recording: 'Weekly', start_ms: 60_000, end_ms: 71_000 }],
      },
      { id: 'who', question: 'Who said that?', follows: 'launch', expected: 'Ana.' },
      { id: 'parking', question: 'Where may visitors park?', recordings: ['Weekly'], expected: null },
    ],
  }),
);

async function evaluate(
  answers: Scripted[],
  args: string[] = [],
  settings: Record<string, string> = {},
): Promise<Run & { received: Received[] }> {
  const { url, received, close } = await scriptedApi(answers);
  try {
    const env = { ASK_API_URL: url, ASK_API_KEY: 'sk_test_x', ...settings };
    const run = await runAsk(['eval', '--set', SET, '--provider', 'openai', ...args], env);
    return { ...run, received };
  } finally {
    close();
  }
}

/** What a real model needs, served by the sandbox over the provider's own protocol. */
const withJudge = () => ({
  OPENAI_BASE_URL: `${judge.url}/openai/v1`,
  OPENAI_API_KEY: 'k',
  OPENAI_MODEL: 'judge',
  MODEL_PRICES: JSON.stringify({ sandbox: { input: 1, output: 2 } }),
});
const verdict = (content: string, supported: number, unsupported: number) =>
  orderFault(judge.url, {
    provider: 'openai',
    says: `\`\`\`json\n${JSON.stringify({ content, supported, unsupported, reason: 'Because.' })}\n\`\`\``,
  });

const ALL = () => [answering(false), RECORDINGS, ok(RESULT), ok(RESULT), ok(refusal), RECORDINGS];

test('a real model judges content and citations; abstention, moments, cost and latency are measured', async () => {
  await verdict('right', 2, 0);
  await verdict('wrong', 1, 1);
  await verdict('abstains', 0, 0);
  const run = await evaluate(ALL(), ['--judge', 'openai', '--json'], withJudge());
  const report = JSON.parse(run.stdout);
  expect(report).toMatchObject({
    set: 'Weekly',
    provider: 'openai',
    model: 'sandbox',
    judge: 'openai',
    questions: 3,
    failed: 0,
    content: { right: 0.5, partly: 0, wrong: 0.5 },
    citations: { supported: 0.75, right_moment: 1 },
    abstention: { right: 1, wrong: 0 },
    cost: { input_tokens: 30, output_tokens: 15, cached_tokens: 0, price: expect.closeTo(60e-6, 12) },
  });
  expect(report.latency_ms.median).toEqual(expect.any(Number));
  expect(report.answers.map(({ id }: { id: string }) => id)).toEqual(['launch', 'who', 'parking']);
});

test('a follow-up is asked in its session, and named recordings are asked over', async () => {
  const { received } = await evaluate(ALL());
  const asked = received.filter(({ method }) => method === 'POST');
  expect(asked.map(({ path }) => path)).toEqual([
    '/v1/ask/sessions',
    `/v1/ask/sessions/${SESSION}/messages`,
    '/v1/ask/sessions',
  ]);
  expect(JSON.parse(asked[2]?.body ?? '')).toMatchObject({ scope: { type: 'selected', recording_ids: [RECORDING] } });
});

test.each([
  ['no judge is named', [], {}, false, 'no judge was named'],
  ['the judge has no key', ['--judge', 'claude'], {}, false, 'there is no key of claude'],
  ['the instance answers with a sandbox', ['--judge', 'openai'], 'judge', true, 'openai is a sandbox model'],
] as const)('not measured where %s', async (_, args, settings, sandbox, why) => {
  const [, ...rest] = ALL();
  const run = await evaluate(
    [answering(sandbox), ...rest],
    [...args, '--json'],
    settings === 'judge' ? withJudge() : {},
  );
  const report = JSON.parse(run.stdout);
  expect(report.content.right.not_measured).toContain(why);
  expect(report.citations.supported.not_measured).toContain(why);
  expect(report.citations.right_moment).toBe(1);
});

test('a judge that writes no verdict, and a question that fails, are told and counted', async () => {
  await orderFault(judge.url, { provider: 'openai', says: 'I think it is fine.' });
  await verdict('abstains', 0, 0);
  const answers = [answering(false), RECORDINGS, ok(RESULT), failed, ok(refusal), RECORDINGS];
  const run = await evaluate(answers, ['--judge', 'openai', '--json'], withJudge());
  const report = JSON.parse(run.stdout);
  expect(report.failed).toBe(1);
  expect(report.answers[0].not_measured).toBe('the judge wrote no verdict');
  expect(report.answers[1]).toMatchObject({ failure: 'provider_error', answer: null });
});

test('the report is Markdown, and is written as both', async () => {
  const name = join(directory, 'november');
  const { code, stdout } = await evaluate(ALL(), ['--report', name]);
  expect(code).toBe(0);
  expect(stdout).toContain('| right | *not measured*: no judge was named');
  expect(readFileSync(`${name}.md`, 'utf8')).toBe(stdout.replace(/\n$/, ''));
  expect(JSON.parse(readFileSync(`${name}.json`, 'utf8'))).toMatchObject({ set: 'Weekly', questions: 3 });
});

test('a set that is none is refused with its reason', async () => {
  const bad = join(directory, 'bad.json');
  writeFileSync(
    bad,
    JSON.stringify({ name: 'Bad', questions: [{ id: 'a', question: 'Why?', follows: 'b', expected: null }] }),
  );
  const run = await runAsk(['eval', '--set', bad, '--provider', 'openai'], {
    ASK_API_URL: 'http://127.0.0.1:9',
    ASK_API_KEY: 'k',
  });
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('follows b, which does not stand before it') });
});

test('the set that comes with the command is one', async () => {
  const { readQuestionSet, DEMO_SET } = await import('../../../../src/clients/cli/evaluation/question-set.ts');
  const { questions } = await readQuestionSet(DEMO_SET);
  expect(questions.length).toBeGreaterThanOrEqual(20);
  expect(questions.some(({ expected }) => expected === null)).toBe(true);
});
