import type { Prompt } from '../../domain/answering/prompt.ts';
import { AskError } from '../../domain/shared/errors.ts';
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
  /** The model that answered, by its own name; null for an answer that did not end in time. */
  model: string | null;
  /** Pieces in which a streamed answer came. */
  pieces: number;
  /** Whether the server counts tokens. */
  counts: boolean;
}

/**
 * Asks a model one short question, streamed. It costs some tokens. An answer that began and did not end in time is one: small
 * models on slow machines talk on.
 *
 * @throws AskError `provider_error`
 */
export async function probeModel(model: LanguageModel): Promise<Probe> {
  let pieces = 0;
  const onText = () => {
    pieces += 1;
  };
  const { signal } = new AbortController();
  try {
    const reply = await model.generate(QUESTION, { signal, maxOutputTokens: MAX_OUTPUT_TOKENS, onText });
    return { model: reply.model, pieces, counts: reply.tokens.estimated !== true };
  } catch (error) {
    const isLate = error instanceof AskError && error.details?.reason === 'timeout';
    if (isLate && pieces > 0) return { model: null, pieces, counts: false };
    throw error;
  }
}
