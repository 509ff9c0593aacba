import { createLanguageModels } from '../../../../../src/adapters/models/registry.ts';
import type { Provider } from '../../../../../src/domain/shared/provider.ts';
import { PROVIDER_FAILURES } from '../../../../../src/domain/shared/provider-failures.ts';
import { failureOf, patient, streamed } from '../support.ts';
import { anthropicKinds } from './kinds/anthropic.ts';
import { anthropicFields } from './kinds/anthropic-fields.ts';
import { geminiKinds } from './kinds/gemini.ts';
import { geminiFields } from './kinds/gemini-fields.ts';
import type { Answered, Failed, Kind } from './kinds/kind.ts';
import { openAiAnswers } from './kinds/openai/openai-answers.ts';
import { openAiFailures } from './kinds/openai/openai-failures.ts';
import { openAiFields } from './kinds/openai/openai-fields.ts';
import { openAiFraming } from './kinds/openai/openai-framing.ts';
import { openAiGateways } from './kinds/openai/openai-gateways.ts';
import { openAiRefusals } from './kinds/openai/openai-refusals.ts';
import { thinkingMarks } from './kinds/openai/thinking-marks.ts';
import { overflowWords } from './kinds/words/overflow-words.ts';
import { refusalWords } from './kinds/words/refusal-words.ts';
import { vendorWords } from './kinds/words/vendor-words.ts';
import { startReplyServer } from './reply-server.ts';

/** Of 25 tokens as this service counts them. */
const prompt = {
  rules: 'Rules.',
  context: 'C '.repeat(20).trim(),
  contextIsStable: true,
  history: [],
  notes: '',
  question: 'What colour?',
};

function modelAt(url: string, provider: Provider) {
  const models = createLanguageModels({
    OPENAI_BASE_URL: url,
    OPENAI_MODEL: 'asked',
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_MODEL: 'asked',
    GEMINI_BASE_URL: url,
    GEMINI_MODEL: 'asked',
    LLM_TIMEOUT_MS: 10_000,
  });
  return models.get(provider);
}

const ALL: [Provider, Kind[]][] = [
  ['openai', [...openAiAnswers, ...openAiFields, ...openAiFraming, ...openAiGateways, ...thinkingMarks]],
  ['openai', [...openAiFailures, ...openAiRefusals, ...overflowWords, ...refusalWords, ...vendorWords]],
  ['claude', [...anthropicKinds, ...anthropicFields]],
  ['gemini', [...geminiKinds, ...geminiFields]],
];

describe.each(ALL)('%s', (provider, kinds) => {
  describe.each(kinds.map((kind) => [kind.kind, kind] as const))('%s', (_, { is, ...sent }) => {
    test.each(['plain', 'streamed'] as const)('to a %s request', async (how) => {
      const server = await startReplyServer(sent);
      const { options, pieces } = how === 'streamed' ? streamed() : { options: patient(), pieces: [] };
      try {
        const call = modelAt(server.url, provider).generate(prompt, options);
        if ('reason' in is) await expectFailure(call, is);
        else await expectAnswer(call, is);
        if (how === 'streamed' && 'text' in is) expect(pieces.join('')).toBe(is.text);
        expect(server.requests).toHaveLength(1);
      } finally {
        server.close();
      }
    });
  });
});

async function expectAnswer(call: ReturnType<ReturnType<typeof modelAt>['generate']>, is: Answered) {
  const { tokens, ...reply } = await call;
  const told = `${tokens.estimated ? '~' : ''}${tokens.input}/${tokens.output}`;
  expect({ ...reply, tokens: told }).toMatchObject(is);
}

async function expectFailure(call: Promise<unknown>, { reason, retryable, retryAfterMs }: Failed) {
  const error = await failureOf(call);
  expect(error.details).toMatchObject({ reason, retryable: retryable ?? PROVIDER_FAILURES[reason].retried });
  expect(error.retryAfterMs).toBe(retryAfterMs);
}
