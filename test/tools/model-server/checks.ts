import { AskError } from '../../../src/domain/shared/errors.ts';
import type { LanguageModel } from '../../../src/ports/language-model.ts';

type ModelNamed = (name: string | undefined) => LanguageModel;

/** One part of the contract. `run` says what it saw, or throws what is wrong. */
interface Check {
  name: string;
  run(modelNamed: ModelNamed, name: string | undefined): Promise<string>;
}

const prompt = {
  rules: 'Answer in a few words, from the given lines alone.',
  context: '01:02 Ana: The launch moved to May 12.',
  contextIsStable: true,
  history: [],
  notes: '',
  question: 'When is the launch?',
};
const never = () => new AbortController().signal;
const MAX_OUTPUT_TOKENS = 1_000;

export const CHECKS: readonly Check[] = [
  {
    name: 'plain',
    async run(modelNamed, name) {
      const reply = await modelNamed(name).generate(prompt, { signal: never(), maxOutputTokens: MAX_OUTPUT_TOKENS });
      return `${reply.model} says ${JSON.stringify(reply.text.slice(0, 60))}, tokens ${JSON.stringify(reply.tokens)}`;
    },
  },
  {
    name: 'streamed',
    async run(modelNamed, name) {
      const pieces: string[] = [];
      const onText = (text: string) => void pieces.push(text);
      const reply = await modelNamed(name).generate(prompt, {
        signal: never(),
        maxOutputTokens: MAX_OUTPUT_TOKENS,
        onText,
      });
      if (pieces.join('') !== reply.text) throw new Error('the pieces are not the whole answer');
      return `${pieces.length} pieces, tokens ${JSON.stringify(reply.tokens)}`;
    },
  },
  {
    name: 'cancel',
    async run(modelNamed, name) {
      const cancel = new AbortController();
      const reason = new Error('cancelled');
      const long = { ...prompt, question: 'Count from one to five hundred.' };
      const onText = () => cancel.abort(reason);
      const end = await modelNamed(name)
        .generate(long, { signal: cancel.signal, maxOutputTokens: MAX_OUTPUT_TOKENS, onText })
        .then(
          () => 'the answer was over before it could be cancelled',
          (error: unknown) => error,
        );
      if (end === reason) return 'ends at once, with the reason of the caller';
      if (typeof end === 'string') return end;
      throw end;
    },
  },
  {
    name: 'too long',
    run: (modelNamed, name) =>
      failsWith(['context_too_long', 'context_truncated'], () =>
        modelNamed(name).generate(
          { ...prompt, context: 'The launch moved to May 12, said Ana. '.repeat(200_000) },
          { signal: never(), maxOutputTokens: 100 },
        ),
      ),
  },
  {
    name: 'wrong model',
    async run(modelNamed) {
      const model = modelNamed('no-such-model');
      const call = () => model.generate(prompt, { signal: never(), maxOutputTokens: 100 });
      return failsWith(['model_not_found', 'bad_request', 'permission'], call).catch((error: unknown) => {
        // A server with one model answers under whatever name.
        if (error instanceof Answered) return `the server answers under any name (as ${error.model})`;
        throw error;
      });
    },
  },
];

class Answered extends Error {
  readonly model: string;
  constructor(model: string) {
    super(`expected a failure, but ${model} answered`);
    this.model = model;
  }
}

async function failsWith(
  reasons: readonly string[],
  call: () => ReturnType<LanguageModel['generate']>,
): Promise<string> {
  const error = await call().then(
    ({ model }) => new Answered(model),
    (error: unknown) => error,
  );
  const reason = error instanceof AskError ? error.details?.reason : undefined;
  if (typeof reason === 'string' && reasons.includes(reason)) return reason;
  throw error;
}
