import { createDialects } from '../lib/dialects.ts';

/** How a model of Gemini's protocol wants a request. */
export interface GeminiDialect {
  /** Whether it takes rules apart from the questions. Gemma does not. */
  systemInstruction: boolean;
}

/** How one model wants its requests. */
export function createGeminiDialects() {
  return createDialects<GeminiDialect>({ systemInstruction: true }, (_, { said }) =>
    NO_INSTRUCTION.test(said.text) ? { systemInstruction: false } : null,
  );
}

const NO_INSTRUCTION =
  /(developer|system)[ _]?instructions?[^.]{0,60}(not (enabled|supported)|unsupported)|unknown name[^.]{0,4}system_?instruction/i;
