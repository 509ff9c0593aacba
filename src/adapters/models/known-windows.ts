import { USUAL_WINDOW } from '../../domain/answering/context/plan-window.ts';

/** Context windows that the vendors document, by how their models' names begin. */
const KNOWN: readonly (readonly [RegExp, number])[] = [
  [/^gpt-4\.1/, 1_047_576],
  [/^gpt-4o|^gpt-4-turbo/, 128_000],
  [/^gpt-4/, 8_192],
  [/^gpt-3\.5/, 16_385],
  [/^gpt-5/, 400_000],
  [/^o\d/, 200_000],
  [/^claude/, 200_000],
  [/^gemini/, 1_048_576],
];

/** The context window of a model by its name; a usual one for a model that is not known. */
export function windowOf(model: string): number {
  return KNOWN.find(([name]) => name.test(model))?.[1] ?? USUAL_WINDOW;
}
