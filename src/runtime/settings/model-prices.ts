import { z } from 'zod';

const price = z.number().nonnegative();

/** What a million tokens of a model cost, by model name, in the operator's currency. */
export const modelPrices = z.record(
  z.string(),
  z.strictObject({ input: price, output: price, cached: price.optional() }),
);
