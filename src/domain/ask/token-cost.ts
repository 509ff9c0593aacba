/** Prices of a model for a million tokens each; cached ones cost as input where no price of theirs is known. */
export interface TokenPrice {
  input: number;
  output: number;
  cached?: number | undefined;
}

const PER_TOKEN = 1e-6;

/** What an answer cost, in the currency of the prices. */
export function costOf(tokens: { input: number; output: number; cached: number }, price: TokenPrice): number {
  const fresh = tokens.input - tokens.cached;
  return (
    PER_TOKEN * (fresh * price.input + tokens.cached * (price.cached ?? price.input) + tokens.output * price.output)
  );
}
