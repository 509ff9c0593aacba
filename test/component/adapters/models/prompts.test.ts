import { toAnthropicRequest } from '../../../../src/adapters/models/anthropic/prompt.ts';
import { toGeminiRequest } from '../../../../src/adapters/models/gemini/prompt.ts';
import { toOpenAiRequest } from '../../../../src/adapters/models/openai/prompt.ts';
import { PROVIDERS } from '../../../../src/domain/shared/provider.ts';
import type { Sandbox } from '../../../../src/local/sandbox-models/server.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';
import { modelsAt, patient } from './support.ts';

/** The question as a model gets it. */
const ASKED = '<notes>\nNOTES\n</notes>\n\nQ3';

const stable = {
  rules: 'RULES',
  context: 'CONTEXT',
  contextIsStable: true,
  history: [
    { question: 'Q1', answer: 'A1' },
    { question: 'Q2', answer: 'A2' },
  ],
  notes: 'NOTES',
  question: 'Q3',
};
const changing = { ...stable, contextIsStable: false };
const options = { model: 'm', maxOutputTokens: 500 };
const openAi = {
  ...options,
  isStreamed: false,
  dialect: { limit: 'max_completion_tokens', streamOptions: true, streams: 'as asked', rulesRole: 'system' },
} as const;
const anthropic = { ...options, dialect: { cacheControl: true, blocks: true } };
const gemini = { ...options, dialect: { systemInstruction: true } };

describe('OpenAI', () => {
  test('a stable context stands with the rules, then the turns, then the question', () => {
    expect(toOpenAiRequest(stable, openAi)).toEqual({
      model: 'm',
      max_completion_tokens: 500,
      messages: [
        { role: 'system', content: 'RULES\n\nCONTEXT' },
        { role: 'user', content: 'Q1' },
        { role: 'assistant', content: 'A1' },
        { role: 'user', content: 'Q2' },
        { role: 'assistant', content: 'A2' },
        { role: 'user', content: ASKED },
      ],
    });
  });

  test('a changing context stands with the question', () => {
    const { messages } = toOpenAiRequest(changing, openAi);
    expect(messages[0]).toEqual({ role: 'system', content: 'RULES' });
    expect(messages.at(-1)).toEqual({ role: 'user', content: `CONTEXT\n\n${ASKED}` });
  });
});

describe('Anthropic', () => {
  const cache_control = { type: 'ephemeral' };
  const text = (text: string) => ({ type: 'text', text });

  test('a stable context and the history end in cache marks', () => {
    expect(toAnthropicRequest(stable, anthropic)).toEqual({
      model: 'm',
      max_tokens: 500,
      system: [text('RULES'), { ...text('CONTEXT'), cache_control }],
      messages: [
        { role: 'user', content: [text('Q1')] },
        { role: 'assistant', content: [text('A1')] },
        { role: 'user', content: [text('Q2')] },
        { role: 'assistant', content: [{ ...text('A2'), cache_control }] },
        { role: 'user', content: [text(ASKED)] },
      ],
    });
  });

  test('a changing context stands unmarked with the question, the history is still marked', () => {
    const { system, messages } = toAnthropicRequest(changing, anthropic);
    expect(system).toEqual([text('RULES')]);
    expect(messages.at(-2)).toEqual({ role: 'assistant', content: [{ ...text('A2'), cache_control }] });
    expect(messages.at(-1)).toEqual({ role: 'user', content: [text(`CONTEXT\n\n${ASKED}`)] });
  });
});

describe('Gemini', () => {
  test('a stable context stands with the rules in the system instruction', () => {
    expect(toGeminiRequest(stable, gemini)).toEqual({
      systemInstruction: { role: 'system', parts: [{ text: 'RULES' }, { text: 'CONTEXT' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Q1' }] },
        { role: 'model', parts: [{ text: 'A1' }] },
        { role: 'user', parts: [{ text: 'Q2' }] },
        { role: 'model', parts: [{ text: 'A2' }] },
        { role: 'user', parts: [{ text: ASKED }] },
      ],
      generationConfig: { maxOutputTokens: 500 },
    });
  });

  test('a changing context stands with the question', () => {
    const { systemInstruction, contents } = toGeminiRequest(changing, gemini);
    expect(systemInstruction).toEqual({ role: 'system', parts: [{ text: 'RULES' }] });
    expect(contents.at(-1)).toEqual({ role: 'user', parts: [{ text: `CONTEXT\n\n${ASKED}` }] });
  });
});

describe('the prefix that a prompt cache can serve', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  test.each(PROVIDERS)('%s: a follow-up finds rules, context and history cached', async (provider) => {
    const model = modelsAt(sandbox.url).get(provider);
    const long = { ...stable, context: 'The launch moved. '.repeat(500), history: [] };
    const first = await model.generate({ ...long, question: 'Q1' }, patient());
    const history = [{ question: 'Q1', answer: first.text }];
    const second = await model.generate({ ...long, history, question: 'Q2' }, patient());
    expect(first.tokens.cached).toBe(0);
    expect(second.tokens.cached).toBeGreaterThan(first.tokens.input * 0.9);
  });

  test.each(PROVIDERS)('%s: other passages leave the rules and the history cached', async (provider) => {
    const model = modelsAt(sandbox.url).get(provider);
    const history = [{ question: 'Q1', answer: 'A long answer. '.repeat(200) }];
    const search = { ...changing, history };
    await model.generate({ ...search, context: 'passages of one search' }, patient());
    const second = await model.generate({ ...search, context: 'other passages' }, patient());
    expect(second.tokens.cached).toBeGreaterThan(second.tokens.input * 0.8);
  });
});
