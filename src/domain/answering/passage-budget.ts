import type { Source } from '../library/source.ts';

/**
 * The best passages that fit the budget together, in their order. One that is too long for what is left is passed over
 * in favour of the next ones.
 */
export function fitSources(
  sources: readonly Source[],
  budgetTokens: number,
  countTokens: (text: string) => number,
): Source[] {
  let left = budgetTokens;
  return sources.filter(({ text }) => {
    const tokens = countTokens(text);
    if (tokens > left) return false;
    left -= tokens;
    return true;
  });
}
