import type { Prompt } from '../../domain/answering/prompt.ts';
import type { LanguageModel } from '../../ports/language-model.ts';

const QUESTION: Prompt = {
  rules: 'Answer in one word.',
  context: 'The sky of the example is blue.',
  contextIsStable: false,
  history: [],
  notes: '',
  question: 'Which colour has the sky of the example?',
};
/** Enough for a model that thinks first. */
const MAX_OUTPUT_TOKENS = 1_000;

export interface Probe {
  /** The model that answered, by its own name. */
  model: string;
  /** Pieces in which a streamed answer came. */
  pieces: number;
  /** Whether the server counts tokens. */
  counts: boolean;
}

/** Asks a model one short question, streamed. It costs some tokens. @throws AskError `provider_error` */
export async function probeModel(model: LanguageModel, signal: AbortSignal): Promise<Probe> {
  let pieces = 0;
  const reply = await model.generate(QUESTION, {
    signal,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    onText: () => {
      pieces += 1;
    },
  });
  return { model: reply.model, pieces, counts: reply.tokens.estimated !== true };
}
